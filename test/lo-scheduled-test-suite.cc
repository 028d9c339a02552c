/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "application-scenarios.h"
#include "ip-trace.h"
#include "loopback-node.h"
#include "tcp-echo.h"

#include "ns3/address-utils.h"
#include "ns3/inet-socket-address.h"
#include "ns3/node.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"
#include "ns3/test.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// Traffic on one node.
struct Scenario
{
    /// Puts it on the node; what it returns lives until the simulation is over.
    using Start = std::function<std::shared_ptr<void>(Ptr<Node>)>;

    std::string name;    //!< its name
    uint64_t minPackets; //!< how many packets have to arrive for the comparison to tell something
    uint64_t minDrops;   //!< how many packets have to be dropped by the stack
    uint16_t mtu;        //!< the loopback's MTU, in bytes
    Start start;         //!< puts it on a node
};

/// What a simulation did.
struct Recording
{
    uint64_t events{};              //!< events that were executed
    uint64_t packets{};             //!< packets that the IP stacks received
    uint64_t drops{};               //!< packets that the IP stacks dropped
    std::vector<std::string> lines; //!< the trace of the IP stacks
};

/// @return the first line that two traces do not have in common, or an empty string
std::string
FindDifference(const std::vector<std::string>& expected, const std::vector<std::string>& actual)
{
    const auto [e, a] =
        std::mismatch(expected.begin(), expected.end(), actual.begin(), actual.end());
    if (e == expected.end() && a == actual.end())
    {
        return "";
    }
    std::ostringstream difference;
    difference << "line " << (e - expected.begin() + 1) << " is \""
               << (a == actual.end() ? "the end" : *a) << "\" and should be \""
               << (e == expected.end() ? "the end" : *e) << "\"";
    return difference.str();
}

/// Delivery=Scheduled is event for event and packet for packet what ns-3's own loopback does.
class LoScheduledTestCase : public TestCase
{
  public:
    /**
     * @param scenario the traffic
     */
    explicit LoScheduledTestCase(const Scenario& scenario)
        : TestCase("the same events and IP trace: " + scenario.name),
          m_scenario(scenario)
    {
    }

  private:
    void DoRun() override
    {
        const auto expected = Record(Loopback::REFERENCE);
        NS_TEST_EXPECT_MSG_GT_OR_EQ(expected.packets,
                                    m_scenario.minPackets,
                                    NameOf(Loopback::REFERENCE)
                                        << ": the scenario is not what it says: packets received");
        NS_TEST_EXPECT_MSG_GT_OR_EQ(expected.drops,
                                    m_scenario.minDrops,
                                    NameOf(Loopback::REFERENCE)
                                        << ": the scenario is not what it says: packets dropped");
        const auto actual = Record(Loopback::SCHEDULED);
        NS_TEST_EXPECT_MSG_EQ(FindDifference(expected.lines, actual.lines),
                              "",
                              "Scheduled: another IP trace than over "
                                  << NameOf(Loopback::REFERENCE));
        NS_TEST_EXPECT_MSG_EQ(actual.events,
                              expected.events,
                              "Scheduled: another count of events than over "
                                  << NameOf(Loopback::REFERENCE));
    }

    /// @return what a simulation of the scenario over a loopback does
    Recording Record(Loopback loopback) const
    {
        auto node = CreateLoopbackNode(loopback, m_scenario.mtu);
        const IpTrace trace(node);
        const auto keepAlive = m_scenario.start(node);
        Simulator::Stop(Hours(1));
        Simulator::Run();
        Recording recording{Simulator::GetEventCount(),
                            trace.GetRxPackets(),
                            trace.GetDrops(),
                            trace.GetLines()};
        Simulator::Destroy();
        return recording;
    }

    const Scenario m_scenario; //!< the traffic
};

/// @return a UDP socket with a port of its own
Ptr<Socket>
CreateUdpSocket(Ptr<Node> node, IpVersion version)
{
    auto socket = Socket::CreateSocket(node, TypeId::LookupByName("ns3::UdpSocketFactory"));
    socket->Bind(GetAnyEndpoint(version, 0));
    return socket;
}

/// Send some datagrams at once, from within the simulation.
void
ScheduleDatagrams(Ptr<Node> node, IpVersion version, const Address& to, uint32_t size)
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

/// @return the scenario of datagrams to an address that nobody may listen at
Scenario
ToAddress(const std::string& name,
          uint64_t minPackets,
          uint64_t minDrops,
          IpVersion version,
          const Address& to,
          uint32_t size = 100,
          uint16_t mtu = 65535)
{
    return {name, minPackets, minDrops, mtu, [version, to, size](Ptr<Node> node) {
                ScheduleDatagrams(node, version, to, size);
                return nullptr;
            }};
}

/// A TCP echo.
Scenario
TcpEchoOver(IpVersion version)
{
    return {"TCP echo over " + NameOf(version), 300, 0, 65535, [version](Ptr<Node> node) {
                TcpEchoSettings settings;
                settings.streamSize = 200'000;
                InstallTcpEcho(node, version, settings);
                return nullptr;
            }};
}

/// A TCP connection that is refused.
Scenario
TcpToClosedPort(IpVersion version)
{
    return {"TCP to a closed port over " + NameOf(version), 4, 0, 65535, [version](Ptr<Node> node) {
                Simulator::ScheduleWithContext(node->GetId(), Seconds(1), [node, version] {
                    auto socket =
                        Socket::CreateSocket(node, TypeId::LookupByName("ns3::TcpSocketFactory"));
                    socket->Bind(GetAnyEndpoint(version, 0));
                    socket->Connect(GetLoopbackEndpoint(version, 9));
                });
                return nullptr;
            }};
}

/// Datagrams that a script sends before it runs the simulation, in no node's context.
Scenario
FromMain(IpVersion version)
{
    return {"sends before Simulator::Run over " + NameOf(version),
            6,
            0,
            65535,
            [version](Ptr<Node> node) {
                auto socket = CreateUdpSocket(node, version);
                for (int i = 0; i < 3; ++i)
                {
                    socket->SendTo(Create<Packet>(100), 0, GetLoopbackEndpoint(version, 9));
                }
                return nullptr;
            }};
}

/// @return what the applications of the other tests do
std::vector<Scenario>
GetApplications()
{
    std::vector<Scenario> scenarios;
    for (const auto& application : GetApplicationScenarios())
    {
        // The IP stacks see nothing of packet sockets.
        const uint64_t minPackets = application.name == "packet sockets" ? 0 : 20;
        scenarios.push_back({application.name, minPackets, 0, 65535, application.create});
    }
    return scenarios;
}

/// @return what goes over lo besides applications that get on with each other
std::vector<Scenario>
GetCornerCases()
{
    std::vector<Scenario> scenarios;
    for (auto version : IP_VERSIONS)
    {
        const auto over = " over " + NameOf(version);
        const auto closed = GetLoopbackEndpoint(version, 9);
        scenarios.push_back(TcpEchoOver(version));
        scenarios.push_back(TcpToClosedPort(version));
        scenarios.push_back(FromMain(version));
        scenarios.push_back(ToAddress("UDP to a closed port" + over, 6, 0, version, closed));
        scenarios.push_back(ToAddress("fragments" + over, 15, 0, version, closed, 5000, 1500));
    }
    return scenarios;
}

/// @return what goes to addresses that are not the node's own
std::vector<Scenario>
GetForeignAddresses()
{
    const auto ipv4 =
        [](const std::string& name, uint64_t minPackets, uint64_t minDrops, const char* address) {
            return ToAddress(name + ", " + address,
                             minPackets,
                             minDrops,
                             IpVersion::V4,
                             InetSocketAddress(Ipv4Address(address), 9));
        };
    return {
        ipv4("a TTL of 64 that runs out", uint64_t{3} * 64, 3, "127.0.0.2"),
        ipv4("a broadcast", 3, 0, "127.255.255.255"),
        ipv4("a multicast", 3, 0, "224.0.0.251"),
    };
}

/// Delivery=Scheduled.
class LoScheduledTestSuite : public TestSuite
{
  public:
    LoScheduledTestSuite()
        : TestSuite("lo-scheduled", TestSuite::Type::SYSTEM)
    {
        for (const auto& scenarios : {GetApplications(), GetCornerCases(), GetForeignAddresses()})
        {
            for (const auto& scenario : scenarios)
            {
                AddTestCase(new LoScheduledTestCase(scenario));
            }
        }
    }
};

/// Registers the suite.
static LoScheduledTestSuite g_loScheduledTestSuite;

} // namespace
