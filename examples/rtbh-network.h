/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef RTBH_NETWORK_H
#define RTBH_NETWORK_H

#include "ns3/application-container.h"
#include "ns3/blackhole-net-device.h"
#include "ns3/flow-monitor-helper.h"
#include "ns3/ipv4-address.h"
#include "ns3/node-container.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/queue-item.h"

#include <cstdint>
#include <map>
#include <set>

/**
 * @file
 * The network of blackhole-rtbh: attackers and a server, a router, the bottleneck behind it, and
 * beyond that a victim and a neighbour.
 */

/// What happens in the network, and when.
struct RtbhScenario
{
    uint64_t bottleneck{10000000}; //!< rate of the bottleneck, bit/s
    uint64_t queue{100};           //!< packets that fit its queue
    uint64_t attackRate{20000000}; //!< IP bit/s of the attack on average, of all attackers together
    uint64_t attackers{8};         //!< hosts that attack; 0 for no attack
    uint64_t connections{6};       //!< TCP connections that the neighbour downloads over

    ns3::Time attackStart{ns3::Seconds(5)};     //!< when the attack begins
    ns3::Time blackholeStart{ns3::Seconds(10)}; //!< when the route is added
    ns3::Time blackholeStop{ns3::Seconds(15)};  //!< when the route is removed
    ns3::Time attackStop{ns3::Seconds(20)};     //!< when the attack ends
    ns3::Time end{ns3::Seconds(25)};            //!< when the download ends
};

/// What was counted up to a time.
struct RtbhCounts
{
    uint64_t goodput{0}; //!< bytes that the neighbour's applications got
    uint64_t sent{0};    //!< packets of the attack that were sent
    uint64_t arrived{0}; //!< those that arrived at the victim
    uint64_t sunk{0};    //!< those that the blackhole sank
    uint64_t dropped{0}; //!< those that found the bottleneck's queue full
};

/// What FlowMonitor makes of the attack.
struct AttackFlows
{
    uint64_t sent{0};    //!< packets sent
    uint64_t arrived{0}; //!< packets received
    uint64_t lost{0};    //!< packets lost
};

/// The network, simulated once.
class RtbhNetwork
{
  public:
    /// IP bytes of a packet of the attack.
    static constexpr uint32_t ATTACK_PACKET_SIZE{1000};

    /**
     * @param scenario what happens
     */
    explicit RtbhNetwork(const RtbhScenario& scenario);

    ~RtbhNetwork();

    RtbhNetwork(const RtbhNetwork&) = delete;
    RtbhNetwork& operator=(const RtbhNetwork&) = delete;

    /**
     * Simulate, until what is on its way has arrived.
     * @param times when to read the counters
     */
    void Run(const std::set<ns3::Time>& times);

    /**
     * @return the counters at each of these times, and at the end
     */
    const std::map<ns3::Time, RtbhCounts>& GetCounts() const;

    /**
     * @return what was counted in all
     */
    const RtbhCounts& GetTotal() const;

    /**
     * @return the attack as FlowMonitor saw it
     */
    AttackFlows GetAttackFlows();

  private:
    /// Make the nodes, the links and the routes.
    void Connect();

    /// Give the router's end of the bottleneck a queue.
    void LimitQueue(ns3::Ptr<ns3::NetDevice> device);

    /// Have the neighbour download from the server.
    void StartDownload();

    /// Have the attackers send to the victim.
    void StartAttack();

    /**
     * Install an application for the scenario's whole time, or a part of it.
     * @param applications the applications
     * @param from its start
     * @param to its end
     */
    static void Schedule(ns3::ApplicationContainer applications, ns3::Time from, ns3::Time to);

    /// Read the counters.
    void Sample();

    /**
     * @param item what found the bottleneck's queue full
     */
    void CountDrop(ns3::Ptr<const ns3::QueueDiscItem> item);

    RtbhScenario m_scenario;                       //!< what happens
    ns3::NodeContainer m_attackers;                //!< who attacks
    ns3::Ptr<ns3::Node> m_server;                  //!< whom the neighbour downloads from
    ns3::Ptr<ns3::Node> m_router;                  //!< has the bottleneck, and the blackhole route
    ns3::Ptr<ns3::Node> m_accessRouter;            //!< the bottleneck's other end
    ns3::Ptr<ns3::Node> m_victim;                  //!< who is attacked
    ns3::Ptr<ns3::Node> m_neighbour;               //!< who suffers from it
    ns3::Ipv4Address m_victimAddress;              //!< address of the victim
    ns3::Ipv4Address m_neighbourAddress;           //!< address of the neighbour
    ns3::Ptr<ns3::BlackholeNetDevice> m_blackhole; //!< where the route leads to
    ns3::FlowMonitorHelper m_monitorHelper;        //!< watches the flows
    RtbhCounts m_now;                              //!< what was counted so far
    std::map<ns3::Time, RtbhCounts> m_counts;      //!< what was counted up to these times
};

#endif /* RTBH_NETWORK_H */
