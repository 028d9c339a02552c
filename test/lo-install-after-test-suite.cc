/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "application-scenarios.h"
#include "loopback-node.h"
#include "routing-tests.h"
#include "udp-flow.h"

#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6.h"
#include "ns3/loopback-module.h"
#include "ns3/simulator.h"
#include "ns3/tcp-socket-factory.h"
#include "ns3/test.h"
#include "ns3/udp-socket-factory.h"

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// Applications do the same over a lo from before the stack and over one from after it.
class ApplicationsTestCase : public TestCase
{
  public:
    explicit ApplicationsTestCase(const ApplicationScenarioFactory& scenario)
        : TestCase("the same as with a lo from before the stack: " + scenario.name),
          m_scenario(scenario)
    {
    }

  private:
    void DoRun() override
    {
        LinkStats before;
        LinkStats after;
        const auto expected = Simulate(Moment::BEFORE_STACK, before);
        NS_TEST_EXPECT_MSG_EQ(Simulate(Moment::AFTER_STACK, after), expected, "what they did");
        NS_TEST_EXPECT_MSG_EQ(after, before, "what lo counted");
        NS_TEST_EXPECT_MSG_GT(after.rxPackets, 0, "it was not nothing");
    }

    std::string Simulate(Moment lo, LinkStats& stats)
    {
        const auto node = CreateLoopbackNode(lo);
        const auto scenario = m_scenario.create(node);
        Simulator::Stop(Hours(1));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(scenario->IsComplete(), true, scenario->GetResults());
        stats = LoHelper::GetLo(node)->GetStats();
        auto results = scenario->GetResults();
        Simulator::Destroy();
        return results;
    }

    const ApplicationScenarioFactory m_scenario;
};

/// On a node that has but one stack, or both, lo becomes the loopback of what there is.
class StacksTestCase : public TestCase
{
  public:
    StacksTestCase(bool ipv4, bool ipv6)
        : TestCase(std::string("lo becomes ") + (ipv4 ? "127.0.0.1 " : "") + (ipv6 ? "::1 " : "") +
                   "of a node that has a stack already"),
          m_ipv4(ipv4),
          m_ipv6(ipv6)
    {
    }

  private:
    void DoRun() override
    {
        const auto node = CreateObject<Node>();
        InternetStackHelper internet;
        internet.SetIpv4StackInstall(m_ipv4);
        internet.SetIpv6StackInstall(m_ipv6);
        internet.Install(node);
        LoHelper().Install(node);
        if (m_ipv4)
        {
            Expect(node, node->GetObject<Ipv4>(), Ipv4Address::GetLoopback(), 28);
        }
        if (m_ipv6)
        {
            Expect(node, node->GetObject<Ipv6>(), Ipv6Address::GetLoopback(), 48);
        }
        Simulator::Destroy();
    }

    template <class Ip, class IpAddress>
    void Expect(Ptr<Node> node, Ptr<Ip> ip, IpAddress loopback, uint32_t headers)
    {
        const auto lo = LoHelper::GetLo(node);
        const auto interface = ip->GetInterfaceForAddress(loopback);
        NS_TEST_ASSERT_MSG_NE(interface, -1, loopback << " has an interface");
        NS_TEST_EXPECT_MSG_EQ(ip->GetNetDevice(interface), lo, "whose device is lo");
        NS_TEST_EXPECT_MSG_EQ(ip->IsUp(interface), true, "which is up");
        NS_TEST_EXPECT_MSG_EQ(ip->GetMtu(interface), 65535, "with the MTU of lo");
        NS_TEST_EXPECT_MSG_NE(ip->GetInterfaceForDevice(lo), -1, "lo has an interface");

        const auto before = lo->GetStats();
        UdpFlowSettings settings;
        const UdpFlow flow(node, node, loopback, settings);
        Simulator::Run();
        LinkStats expected;
        expected.txPackets = expected.rxPackets = settings.count;
        expected.txBytes = expected.rxBytes = expected.rxPackets * (settings.size + headers);
        NS_TEST_EXPECT_MSG_EQ(flow.GetReceived(), settings.count, "datagrams to " << loopback);
        NS_TEST_EXPECT_MSG_EQ(lo->GetStats() - before, expected, "lo counts them");
    }

    bool m_ipv4;
    bool m_ipv6;
};

/// Sockets from before lo came work as ever, over lo.
class SocketsTestCase : public TestCase
{
  public:
    SocketsTestCase(IpVersion version, bool midRun)
        : TestCase(NameOf(version) +
                   ": sockets that are bound, connected or listening when lo is "
                   "installed " +
                   (midRun ? "in mid-run" : "at first") + " work over it"),
          m_version(version),
          m_midRun(midRun)
    {
    }

  private:
    void DoRun() override
    {
        const auto node = CreateLoopbackNode(Loopback::REFERENCE);
        auto bound = Bind(node, UdpSocketFactory::GetTypeId(), GetLoopbackEndpoint(m_version, 7));
        auto boundToAny = Bind(node, UdpSocketFactory::GetTypeId(), GetAnyEndpoint(m_version, 8));
        auto listening = Bind(node, TcpSocketFactory::GetTypeId(), GetAnyEndpoint(m_version, 9));
        listening->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                     MakeCallback(&SocketsTestCase::OnAccept, this));
        listening->Listen();
        auto toBound = Connect(node, UdpSocketFactory::GetTypeId(), 7);
        auto toAny = Connect(node, UdpSocketFactory::GetTypeId(), 8);
        Ptr<Socket> toListening;
        const auto send = [&] {
            toBound->Send(Create<Packet>(100));
            toAny->Send(Create<Packet>(100));
            toListening->Send(Create<Packet>(100));
        };
        const auto id = node->GetId();
        const auto connect = [&] { toListening = Connect(node, TcpSocketFactory::GetTypeId(), 9); };
        if (!m_midRun)
        {
            LoHelper().Install(node);
        }
        Simulator::ScheduleWithContext(id, Seconds(1), connect);
        Simulator::ScheduleWithContext(id, Seconds(2), send);
        Simulator::Stop(Seconds(3));
        Simulator::Run();
        if (m_midRun)
        {
            LoHelper().Install(node);
        }
        const auto before = LoHelper::GetLo(node)->GetStats();
        Simulator::ScheduleWithContext(id, Seconds(1), send);
        Simulator::Run();

        NS_TEST_EXPECT_MSG_EQ(bound->GetRxAvailable(), 200, "bytes at the bound socket");
        NS_TEST_EXPECT_MSG_EQ(boundToAny->GetRxAvailable(), 200, "at one bound to any address");
        NS_TEST_ASSERT_MSG_EQ(bool(m_accepted), true, "the listening socket accepted");
        NS_TEST_EXPECT_MSG_EQ(m_accepted->GetRxAvailable(), 200, "bytes at the accepted socket");
        // Two datagrams, a segment and its acknowledgement.
        NS_TEST_EXPECT_MSG_EQ((LoHelper::GetLo(node)->GetStats() - before).rxPackets,
                              4,
                              "packets of the second time that crossed lo");
        m_accepted = nullptr;
        Simulator::Destroy();
    }

    static Ptr<Socket> Bind(Ptr<Node> node, TypeId factory, const Address& endpoint)
    {
        auto socket = Socket::CreateSocket(node, factory);
        socket->Bind(endpoint);
        return socket;
    }

    Ptr<Socket> Connect(Ptr<Node> node, TypeId factory, uint16_t port) const
    {
        auto socket = Bind(node, factory, GetAnyEndpoint(m_version, 0));
        socket->Connect(GetLoopbackEndpoint(m_version, port));
        return socket;
    }

    void OnAccept(Ptr<Socket> socket, const Address& /* from */)
    {
        m_accepted = socket;
    }

    const IpVersion m_version;
    const bool m_midRun;
    Ptr<Socket> m_accepted;
};

/// LoHelper::Install on nodes that have their Internet stack.
class LoInstallAfterTestSuite : public TestSuite
{
  public:
    LoInstallAfterTestSuite()
        : TestSuite("lo-install-after", TestSuite::Type::SYSTEM)
    {
        AddTestCase(new StacksTestCase(true, false));
        AddTestCase(new StacksTestCase(false, true));
        AddTestCase(new StacksTestCase(true, true));
        for (auto version : IP_VERSIONS)
        {
            AddTestCase(new SocketsTestCase(version, false));
            AddTestCase(new SocketsTestCase(version, true));
        }
        for (const auto& scenario : GetApplicationScenarios())
        {
            // Packet sockets name a device by its number, which is another one here.
            if (scenario.name != "packet sockets")
            {
                AddTestCase(new ApplicationsTestCase(scenario));
            }
        }
        for (const auto& routing : GetInternetRoutings())
        {
            for (auto* test : MakeInstallAfterTests(routing))
            {
                AddTestCase(test);
            }
        }
    }
};

/// Registers the suite.
static LoInstallAfterTestSuite g_loInstallAfterTestSuite;

} // namespace
