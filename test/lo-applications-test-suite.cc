/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "ip-trace.h"
#include "loopback-node.h"
#include "member-test-case.h"
#include "to-callback.h"
#include "watched-lo.h"

#include "ns3/address-utils.h"
#include "ns3/bulk-send-helper.h"
#include "ns3/lo-helper.h"
#include "ns3/node.h"
#include "ns3/object.h"
#include "ns3/packet-sink-helper.h"
#include "ns3/packet.h"
#include "ns3/udp-echo-helper.h"
#include "ns3/uinteger.h"

#include <cstdint>
#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// A set of applications on one node that talk to each other.
struct Scenario
{
    /**
     * Count the packets and bytes of a trace source, which may also pass addresses.
     * @tparam Arguments Address, once per address
     * @param name the name of the count
     * @param object the object that has the trace source
     * @param source the trace source
     * @param nBytes the bytes that the count must reach
     */
    template <class... Arguments>
    void Count(const std::string& name,
               const Ptr<Object>& object,
               const std::string& source,
               uint64_t nBytes)
    {
        const auto bytes = "bytes " + name;
        expected[bytes] = nBytes;
        object->TraceConnectWithoutContext(
            source,
            ToCallback([this, name, bytes](Ptr<const Packet> packet, const Arguments&...) {
                ++counts["packets " + name];
                counts[bytes] += packet->GetSize();
            }));
    }

    /// @return all counts, for a comparison and for messages
    std::string GetResults() const
    {
        std::ostringstream os;
        for (const auto& [name, count] : counts)
        {
            os << count << " " << name << "; ";
        }
        return os.str();
    }

    std::map<std::string, uint64_t> counts;   //!< packets and bytes, by name
    std::map<std::string, uint64_t> expected; //!< what counts must reach
    uint64_t minPackets{20};                  //!< fewest packets that the IP stacks receive
    uint64_t minDrops{0};                     //!< fewest packets that the IP stacks drop
};

/// Installs a scenario, which lives until the simulation is over, on a node.
using Start = std::function<void(Scenario& scenario, Ptr<Node> node)>;

constexpr uint64_t COUNT{20}; ///< packets that an application sends
constexpr uint32_t SIZE{500}; ///< bytes of payload in each
constexpr uint16_t PORT{9};   ///< the receiver's port

/// A UdpEchoClient and a UdpEchoServer.
void
UdpEcho(Scenario& scenario, Ptr<Node> node, IpVersion version)
{
    const auto server = UdpEchoServerHelper(PORT).Install(node).Get(0);
    UdpEchoClientHelper helper(GetLoopbackEndpoint(version, PORT));
    helper.SetAttribute("MaxPackets", UintegerValue(COUNT));
    helper.SetAttribute("Interval", TimeValue(MilliSeconds(1)));
    helper.SetAttribute("PacketSize", UintegerValue(SIZE));
    const auto client = helper.Install(node).Get(0);
    scenario.Count("of requests sent", client, "Tx", COUNT * SIZE);
    // The arguments of Rx differ between releases.
    scenario.Count<Address, Address>("of requests received",
                                     server,
                                     "RxWithAddresses",
                                     COUNT * SIZE);
    scenario.Count("of replies received", client, "Rx", COUNT * SIZE);
}

/// A BulkSendApplication and a PacketSink.
void
BulkSend(Scenario& scenario, Ptr<Node> node, IpVersion version)
{
    constexpr uint64_t MAX_BYTES{1'000'000};
    PacketSinkHelper receiver("ns3::TcpSocketFactory", GetAnyEndpoint(version, PORT));
    scenario.Count<Address>("received", receiver.Install(node).Get(0), "Rx", MAX_BYTES);
    BulkSendHelper sender("ns3::TcpSocketFactory", GetLoopbackEndpoint(version, PORT));
    sender.SetAttribute("MaxBytes", UintegerValue(MAX_BYTES));
    scenario.Count("sent", sender.Install(node).Get(0), "Tx", MAX_BYTES);
}

/// A refused TCP connection.
void
TcpToClosedPort(Scenario& scenario, Ptr<Node> node, IpVersion version)
{
    Simulator::ScheduleWithContext(node->GetId(), Seconds(1), [node, version] {
        auto socket = Socket::CreateSocket(node, TypeId::LookupByName("ns3::TcpSocketFactory"));
        socket->Bind(GetAnyEndpoint(version, 0));
        socket->Connect(GetLoopbackEndpoint(version, PORT));
    });
    scenario.minPackets = 4;
}

/// Three datagrams to a port that no socket has.
struct Datagrams
{
    const char* name;    //!< their name as a scenario
    const char* to;      //!< the destination
    uint32_t size;       //!< bytes of payload in each
    uint16_t mtu;        //!< the MTU of the loopback
    bool isBeforeRun;    //!< whether they are sent before the simulation runs, in no context
    uint64_t minPackets; //!< see Scenario
    uint64_t minDrops;   //!< see Scenario
};

constexpr Datagrams DATAGRAMS[]{
    {"UDP to a closed port over IPv4", "127.0.0.1", 100, 65535, false, 6, 0},
    {"UDP to a closed port over IPv6", "::1", 100, 65535, false, 6, 0},
    {"sends before Simulator::Run over IPv4", "127.0.0.1", 100, 65535, true, 6, 0},
    {"sends before Simulator::Run over IPv6", "::1", 100, 65535, true, 6, 0},
    {"fragments over IPv4", "127.0.0.1", 5000, 1500, false, 15, 0},
    {"fragments over IPv6", "::1", 5000, 1500, false, 15, 0},
    // The node's stack forwards them over lo.
    {"a TTL of 64 that runs out", "127.0.0.2", 100, 65535, false, 192, 3},
    {"a broadcast", "127.255.255.255", 100, 65535, false, 3, 0},
    {"a multicast", "224.0.0.251", 100, 65535, false, 3, 0},
};

/// Send datagrams at the same time.
void
SendDatagrams(Scenario& scenario, Ptr<Node> node, const Datagrams& datagrams)
{
    scenario.minPackets = datagrams.minPackets;
    scenario.minDrops = datagrams.minDrops;
    node->GetDevice(node->GetNDevices() - 1)->SetMtu(datagrams.mtu);
    const auto send = [node, address = ParseAddress(datagrams.to), size = datagrams.size] {
        const auto to = MakeEndpoint(address, PORT);
        auto socket = Socket::CreateSocket(node, TypeId::LookupByName("ns3::UdpSocketFactory"));
        socket->Bind(GetAnyEndpoint(GetVersion(address), 0));
        socket->SetAllowBroadcast(true);
        if (addressUtils::IsMulticast(to))
        {
            // There is no route to it.
            socket->BindToNetDevice(node->GetDevice(0));
        }
        for (int i = 0; i < 3; ++i)
        {
            socket->SendTo(Create<Packet>(size), 0, to);
        }
    };
    if (datagrams.isBeforeRun)
    {
        send();
        return;
    }
    Simulator::ScheduleWithContext(node->GetId(), Seconds(1), send);
}

/// The results of a scenario.
struct Outcome
{
    std::string results;            //!< what the applications sent and received
    uint64_t events{};              //!< events that were executed
    std::vector<std::string> lines; //!< the trace of the IP stacks
};

/// A comparison of scenarios over each lo and over ns-3's own loopback.
class ApplicationsTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Compare a scenario over each lo with one over ns-3's own loopback.
    void Compare(const Start& start)
    {
        const auto reference = Simulate(start, Loopback::REFERENCE);
        for (auto loopback : ALL_LOS)
        {
            const auto outcome = Simulate(start, loopback);
            NS_TEST_EXPECT_MSG_EQ(outcome.results, reference.results, NameOf(loopback));
            if (loopback == Loopback::SCHEDULED || loopback == Loopback::AFTER)
            {
                NS_TEST_EXPECT_MSG_EQ(FindDifference(reference.lines, outcome.lines),
                                      "",
                                      NameOf(loopback) << ": another IP trace");
                // ns-3 initializes the node's second device by an event of its own.
                const auto events = reference.events + (loopback == Loopback::AFTER ? 1 : 0);
                NS_TEST_EXPECT_MSG_EQ(outcome.events,
                                      events,
                                      NameOf(loopback) << ": number of events");
            }
        }
        NS_TEST_EXPECT_MSG_EQ(
            FindDifference(reference.lines, Simulate(start, Loopback::REFERENCE).lines),
            "",
            "a simulation after those in the same process");
    }

  private:
    /// @return the results of a scenario over a loopback
    Outcome Simulate(const Start& start, Loopback loopback)
    {
        const auto node = CreateLoopbackNode(loopback);
        const IpTrace trace(node);
        Scenario scenario;
        start(scenario, node);
        Simulator::Stop(Hours(1));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_GT_OR_EQ(trace.rxPackets,
                                    scenario.minPackets,
                                    NameOf(loopback) << ": packets that IP received");
        NS_TEST_EXPECT_MSG_GT_OR_EQ(trace.drops,
                                    scenario.minDrops,
                                    NameOf(loopback) << ": packets that IP dropped");
        if (const auto lo = LoHelper::GetLo(node))
        {
            NS_TEST_EXPECT_MSG_EQ(ToText(lo->GetStats()),
                                  ToText(MakeLooped(trace.txPackets, trace.txBytes)),
                                  NameOf(loopback) << ": the counters, and what was sent");
        }
        for (const auto& [name, count] : scenario.expected)
        {
            NS_TEST_EXPECT_MSG_EQ(scenario.counts[name], count, NameOf(loopback) << ": " << name);
        }
        Outcome outcome{scenario.GetResults(), Simulator::GetEventCount(), trace.lines};
        Simulator::Destroy();
        return outcome;
    }
};

/// ns-3's applications and sockets over a LoNetDevice.
const Suite g_suite("lo-applications", TestSuite::Type::SYSTEM, [](Suite& suite) {
    const auto add = [&suite](const std::string& name, const auto& start) {
        suite.Add("the same over every loopback, with the same events if Scheduled or installed "
                  "after the stack: " +
                      name,
                  &ApplicationsTestCase::Compare,
                  start);
    };
    for (const auto& datagrams : DATAGRAMS)
    {
        add(datagrams.name, [&datagrams](Scenario& scenario, Ptr<Node> node) {
            SendDatagrams(scenario, node, datagrams);
        });
    }
    for (auto version : IP_VERSIONS)
    {
        for (const auto& [name, application] : {std::pair{"UDP echo", &UdpEcho},
                                                {"BulkSend", &BulkSend},
                                                {"TCP to a closed port", &TcpToClosedPort}})
        {
            add(std::string(name) + " over " + NameOf(version),
                [run = application, version](Scenario& scenario, Ptr<Node> node) {
                    run(scenario, node, version);
                });
        }
    }
});

} // namespace
