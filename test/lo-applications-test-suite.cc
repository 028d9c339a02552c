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
#include "ns3/packet-socket-address.h"
#include "ns3/packet-socket-client.h"
#include "ns3/packet-socket-server.h"
#include "ns3/packet.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/three-gpp-http-client.h"
#include "ns3/three-gpp-http-helper.h"
#include "ns3/three-gpp-http-server.h"
#include "ns3/three-gpp-http-variables.h"
#include "ns3/udp-echo-helper.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// A count of packets and bytes.
struct Traffic
{
    uint64_t packets{0}; //!< packets
    uint64_t bytes{0};   //!< bytes
};

/// A set of applications on one node that talk to each other.
struct Scenario
{
    /**
     * Count a packet.
     * @param name the name of the count
     * @param packet the packet
     */
    void Add(const std::string& name, Ptr<const Packet> packet)
    {
        ++counts[name].packets;
        counts[name].bytes += packet->GetSize();
    }

    /**
     * Count the packets of a trace source, which may also pass addresses.
     * @tparam Arguments Address, once per address
     * @param name the name of the count
     * @param object the object that has the trace source
     * @param source the trace source
     */
    template <class... Arguments>
    void Count(const std::string& name, const Ptr<Object>& object, const std::string& source)
    {
        object->TraceConnectWithoutContext(
            source,
            ToCallback([this, name](Ptr<const Packet> packet, const Arguments&...) {
                Add(name, packet);
            }));
    }

    /// @return all counts, for a comparison and for messages
    std::string GetResults() const
    {
        std::ostringstream os;
        for (const auto& [name, count] : counts)
        {
            os << name << ": " << count.packets << " packets of " << count.bytes << " bytes; ";
        }
        return os.str();
    }

    std::map<std::string, Traffic> counts;    //!< the counts by name
    std::map<std::string, uint64_t> expected; //!< the bytes that each count must reach
    std::optional<Traffic> traffic;           //!< traffic over the loopback, if it is not IP
    uint64_t minPackets{20};                  //!< fewest packets that the IP stacks receive
    uint64_t minDrops{0};                     //!< fewest packets that the IP stacks drop
    std::shared_ptr<void> kept;               //!< an object that lives as long as the scenario
};

/// A function that installs a scenario, with its name.
struct ScenarioFactory
{
    std::string name; //!< name of the scenario
    /// Install it on a node; the scenario lives until the simulation is over.
    void (*start)(Scenario& scenario, Ptr<Node> node, IpVersion version);
    IpVersion version; //!< the IP version
};

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
    scenario.Count("requests sent", client, "Tx");
    // The arguments of Rx differ between releases.
    scenario.Count<Address, Address>("requests received", server, "RxWithAddresses");
    scenario.Count("replies received", client, "Rx");
    for (const auto name : {"requests sent", "requests received", "replies received"})
    {
        scenario.expected[name] = COUNT * SIZE;
    }
}

/// A BulkSendApplication and a PacketSink.
void
BulkSend(Scenario& scenario, Ptr<Node> node, IpVersion version)
{
    constexpr uint64_t MAX_BYTES{1'000'000};
    PacketSinkHelper receiver("ns3::TcpSocketFactory", GetAnyEndpoint(version, PORT));
    scenario.Count<Address>("received", receiver.Install(node).Get(0), "Rx");
    BulkSendHelper sender("ns3::TcpSocketFactory", GetLoopbackEndpoint(version, PORT));
    sender.SetAttribute("MaxBytes", UintegerValue(MAX_BYTES));
    scenario.Count("sent", sender.Install(node).Get(0), "Tx");
    scenario.expected = {{"sent", MAX_BYTES}, {"received", MAX_BYTES}};
}

/// @return the variables of an HTTP application, with fixed random streams
PointerValue
CreateVariables(int64_t firstStream)
{
    auto variables = CreateObject<ThreeGppHttpVariables>();
    variables->AssignStreams(firstStream);
    return PointerValue(variables);
}

/// A ThreeGppHttpClient that loads some pages from a ThreeGppHttpServer.
void
Http(Scenario& scenario, Ptr<Node> node, IpVersion version)
{
    constexpr uint64_t PAGES{5};
    ThreeGppHttpServerHelper serverHelper(GetLoopbackAddress(version));
    serverHelper.SetAttribute("Variables", CreateVariables(0));
    const auto server = DynamicCast<ThreeGppHttpServer>(serverHelper.Install(node).Get(0));
    // The server drew one before its random streams could be fixed.
    server->SetMtuSize(1460);
    ThreeGppHttpClientHelper clientHelper(GetLoopbackAddress(version));
    clientHelper.SetAttribute("Variables", CreateVariables(100));
    const auto client = clientHelper.Install(node).Get(0);

    scenario.Count("requests sent", client, "Tx");
    scenario.Count<Address>("requests received", server, "Rx");
    for (const auto source : {"MainObject", "EmbeddedObject"})
    {
        client->TraceConnectWithoutContext(
            std::string("Rx") + source,
            ToCallback([&](Ptr<const ThreeGppHttpClient>, Ptr<const Packet> object) {
                scenario.Add("objects received", object);
            }));
    }
    const auto countPages = [&](const std::string& /* before */, const std::string& now) {
        if (now == "READING" && ++scenario.counts["pages"].bytes == PAGES)
        {
            // Not at once: TCP may still have an ACK to send.
            Simulator::Stop(Seconds(1));
        }
    };
    client->TraceConnectWithoutContext("StateTransition", ToCallback(countPages));
    scenario.expected["pages"] = PAGES;
}

/// A raw socket that pings, and receives requests and replies.
void
Ping(Scenario& scenario, Ptr<Node> node, IpVersion version)
{
    const auto socket = CreateIcmpSocket(node, version);
    socket->Bind(GetAnyEndpoint(version, 0));
    socket->Connect(GetLoopbackEndpoint(version, 0));
    socket->SetRecvCallback(ToCallback([&scenario, version](Ptr<Socket> receiver) {
        while (auto packet = receiver->Recv())
        {
            packet->RemoveAtStart(GetHeaderSize(version));
            uint8_t type = 0;
            packet->CopyData(&type, 1);
            scenario.Add("ICMP type " + std::to_string(type), packet);
        }
    }));
    scenario.kept = std::make_shared<Ptr<Socket>>(socket);
    for (uint64_t i = 0; i < COUNT; ++i)
    {
        Simulator::ScheduleWithContext(node->GetId(), MilliSeconds(i), [socket, version] {
            socket->Send(MakeEchoRequest(version, 0, SIZE));
        });
    }
    for (const auto type : {Pick(version, 8, 128), Pick(version, 0, 129)})
    {
        scenario.expected["ICMP type " + std::to_string(type)] = COUNT * (8 + SIZE);
    }
}

/// A PacketSocketClient, a PacketSocketServer, and a server of another protocol.
void
PacketSockets(Scenario& scenario, Ptr<Node> node, IpVersion /* version */)
{
    PacketSocketAddress address;
    address.SetSingleDevice(0);
    address.SetPhysicalAddress(node->GetDevice(0)->GetAddress());
    // The EtherTypes for local experiments.
    for (const uint16_t protocol : {0x88b6, 0x88b5})
    {
        address.SetProtocol(protocol);
        auto server = CreateObject<PacketSocketServer>();
        server->SetLocal(address);
        node->AddApplication(server);
        scenario.Count<Address>("received as " + std::to_string(protocol), server, "Rx");
    }
    auto client = CreateObject<PacketSocketClient>();
    client->SetRemote(address);
    client->SetAttribute("MaxPackets", UintegerValue(COUNT));
    client->SetAttribute("PacketSize", UintegerValue(SIZE));
    client->SetAttribute("Interval", TimeValue(MilliSeconds(1)));
    node->AddApplication(client);
    scenario.Count<Address>("sent", client, "Tx");
    scenario.expected = {{"sent", COUNT * SIZE},
                         {"received as " + std::to_string(0x88b5), COUNT * SIZE},
                         {"received as " + std::to_string(0x88b6), 0}};
    scenario.traffic = {COUNT, COUNT * SIZE};
    scenario.minPackets = 0; // The IP stacks do not see them.
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

/// @return a UDP socket with a port of its own
Ptr<Socket>
CreateUdpSocket(Ptr<Node> node, IpVersion version)
{
    auto socket = Socket::CreateSocket(node, TypeId::LookupByName("ns3::UdpSocketFactory"));
    socket->Bind(GetAnyEndpoint(version, 0));
    return socket;
}

/// Datagrams sent before the simulation runs, in no node's context.
void
FromMain(Scenario& scenario, Ptr<Node> node, IpVersion version)
{
    auto socket = CreateUdpSocket(node, version);
    for (int i = 0; i < 3; ++i)
    {
        socket->SendTo(Create<Packet>(100), 0, GetLoopbackEndpoint(version, PORT));
    }
    scenario.minPackets = 6;
}

/// Schedule three datagrams at the same time.
void
SendDatagrams(Ptr<Node> node, IpVersion version, const Address& to, uint32_t size = 100)
{
    Simulator::ScheduleWithContext(node->GetId(), Seconds(1), [node, version, to, size] {
        auto socket = CreateUdpSocket(node, version);
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
    });
}

/// Datagrams to a closed port.
void
UdpToClosedPort(Scenario& scenario, Ptr<Node> node, IpVersion version)
{
    SendDatagrams(node, version, GetLoopbackEndpoint(version, PORT));
    scenario.minPackets = 6;
}

/// Datagrams in fragments.
void
Fragments(Scenario& scenario, Ptr<Node> node, IpVersion version)
{
    node->GetDevice(node->GetNDevices() - 1)->SetMtu(1500);
    SendDatagrams(node, version, GetLoopbackEndpoint(version, PORT), 5000);
    scenario.minPackets = 15;
}

/// Datagrams that the node's stack forwards over lo until their TTL expires.
void
UntilTtlRunsOut(Scenario& scenario, Ptr<Node> node, IpVersion version)
{
    SendDatagrams(node, version, MakeEndpoint(Ipv4Address("127.0.0.2"), PORT));
    scenario.minPackets = uint64_t{3} * 64;
    scenario.minDrops = 3;
}

/// Datagrams to a multicast group.
template <const char* const* GROUP>
void
ToGroup(Scenario& scenario, Ptr<Node> node, IpVersion version)
{
    SendDatagrams(node, version, MakeEndpoint(Ipv4Address(*GROUP), PORT));
    scenario.minPackets = 3;
}

const char* const BROADCAST = "127.255.255.255";
const char* const MULTICAST = "224.0.0.251";

/// @return all scenarios: ns-3's applications, sockets and failures
std::vector<ScenarioFactory>
GetScenarios()
{
    std::vector<ScenarioFactory> all{
        {"packet sockets", &PacketSockets, IpVersion::V4},
        {"a TTL of 64 that runs out", &UntilTtlRunsOut, IpVersion::V4},
        {"a broadcast", &ToGroup<&BROADCAST>, IpVersion::V4},
        {"a multicast", &ToGroup<&MULTICAST>, IpVersion::V4},
    };
    for (auto version : IP_VERSIONS)
    {
        for (const auto& [name, start] : {std::pair{"UDP echo", &UdpEcho},
                                          {"BulkSend", &BulkSend},
                                          {"3GPP HTTP", &Http},
                                          {"ping", &Ping},
                                          {"TCP to a closed port", &TcpToClosedPort},
                                          {"UDP to a closed port", &UdpToClosedPort},
                                          {"sends before Simulator::Run", &FromMain},
                                          {"fragments", &Fragments}})
        {
            all.push_back({std::string(name) + " over " + NameOf(version), start, version});
        }
    }
    return all;
}

/// The results of a scenario.
struct Outcome
{
    std::string results;            //!< what the applications sent and received
    uint64_t events{};              //!< events that were executed
    std::vector<std::string> lines; //!< the trace of the IP stacks
};

/// @return the first line in which two traces differ, or an empty string
std::string
FindDifference(const std::vector<std::string>& expected, const std::vector<std::string>& actual)
{
    const auto [e, a] =
        std::mismatch(expected.begin(), expected.end(), actual.begin(), actual.end());
    if (e == expected.end() && a == actual.end())
    {
        return "";
    }
    return "line " + std::to_string(e - expected.begin() + 1) + " is \"" +
           (a == actual.end() ? "the end" : *a) + "\" and should be \"" +
           (e == expected.end() ? "the end" : *e) + "\"";
}

/// A comparison of scenarios over each lo and over ns-3's own loopback.
class ApplicationsTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Compare a scenario over each lo with one over ns-3's own loopback.
    void Compare(const ScenarioFactory& factory)
    {
        const auto reference = Simulate(factory, Loopback::REFERENCE);
        for (auto loopback : ALL_LOS)
        {
            const auto outcome = Simulate(factory, loopback);
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
            FindDifference(reference.lines, Simulate(factory, Loopback::REFERENCE).lines),
            "",
            "a simulation after those in the same process");
    }

  private:
    /// @return the results of a scenario over a loopback
    Outcome Simulate(const ScenarioFactory& factory, Loopback loopback)
    {
        const auto node = CreateLoopbackNode(loopback);
        const IpTrace trace(node);
        Scenario scenario;
        factory.start(scenario, node, factory.version);
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
            const auto traffic = scenario.traffic.value_or(Traffic{trace.txPackets, trace.txBytes});
            NS_TEST_EXPECT_MSG_EQ(ToText(lo->GetStats()),
                                  ToText(MakeLooped(traffic.packets, traffic.bytes)),
                                  NameOf(loopback) << ": the counters, and what was sent");
        }
        for (const auto& [name, bytes] : scenario.expected)
        {
            NS_TEST_EXPECT_MSG_EQ(scenario.counts[name].bytes,
                                  bytes,
                                  NameOf(loopback) << ": bytes of " << name);
        }
        Outcome outcome{scenario.GetResults(), Simulator::GetEventCount(), trace.lines};
        Simulator::Destroy();
        return outcome;
    }
};

/// ns-3's applications and sockets over a LoNetDevice.
const Suite g_suite("lo-applications", TestSuite::Type::SYSTEM, [](Suite& suite) {
    for (const auto& factory : GetScenarios())
    {
        suite.Add("the same over every loopback, with the same events if Scheduled or installed "
                  "after the stack: " +
                      factory.name,
                  &ApplicationsTestCase::Compare,
                  factory);
    }
});

} // namespace
