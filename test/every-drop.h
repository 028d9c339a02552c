/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef EVERY_DROP_H
#define EVERY_DROP_H

#include "ns3/lo-net-device.h"
#include "ns3/node-container.h"
#include "ns3/nstime.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace ns3::tests
{

/**
 * A simulation in which packets are dropped for every reason.
 *
 * Node "client" has a lo, which also delivers packets; the other node, without a name, has two
 * blackholes.
 */
class EveryDrop
{
  public:
    /// Make the nodes, and schedule the packets.
    EveryDrop();
    ~EveryDrop();

    EveryDrop(const EveryDrop&) = delete;
    EveryDrop& operator=(const EveryDrop&) = delete;

    /**
     * @return the two nodes
     */
    NodeContainer GetNodes() const;

    /**
     * @return how many packets each device dropped for each reason, by comments such as
     * `PKT_TOO_BIG: dropped by lo of node client`
     */
    const std::map<std::string, uint32_t>& GetDrops() const;

    /**
     * @return the devices by their interfaces' names; they stay after the simulation
     */
    const std::map<std::string, Ptr<NetDevice>>& GetDevices() const;

  private:
    /**
     * Schedule the packets of the lo.
     * @param lo the device
     */
    void ScheduleLo(Ptr<LoNetDevice> lo);

    /**
     * Schedule an action, in the context of node "client".
     * @param when the time
     * @param action what to do
     */
    static void At(Time when, const std::function<void()>& action);

    /**
     * Count the drops of a device.
     * @param device the device
     * @param name its interface's name
     * @param node its node's name
     */
    void Watch(Ptr<NetDevice> device, const std::string& name, const std::string& node);

    /**
     * Send packets of UDP on a device.
     * @param count how many
     * @param when a millisecond and a nanosecond before the first, which has that distance from the
     * next
     * @param device the device
     * @param destination link-layer destination
     * @param size bytes of a packet
     * @param protocol the EtherType
     */
    static void Send(uint32_t count,
                     Time when,
                     Ptr<NetDevice> device,
                     const Address& destination,
                     uint32_t size = 100,
                     uint16_t protocol = 0x0800);

    NodeContainer m_nodes;                           //!< the nodes
    std::map<std::string, uint32_t> m_drops;         //!< what GetDrops returns
    std::map<std::string, Ptr<NetDevice>> m_devices; //!< what GetDevices returns
};

} // namespace ns3::tests

#endif /* EVERY_DROP_H */
