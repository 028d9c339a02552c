/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "loopback-node.h"
#include "tcp-echo.h"
#include "udp-flow.h"

#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/global-value.h"
#include "ns3/loopback-module.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/test.h"

#include <cmath>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// The impairment of a node's lo, with fixed random streams.
Ptr<LinkImpairment>
Impair(Ptr<Node> node, int64_t stream)
{
    auto impairment = CreateObject<LinkImpairment>();
    LoHelper::GetLo(node)->SetImpairment(impairment);
    LoHelper().AssignStreams(NetDeviceContainer(LoHelper::GetLo(node)), stream);
    return impairment;
}

/// TCP makes good what lo loses, at the speed that losses allow.
class LossyTcpTestCase : public TestCase
{
  public:
    LossyTcpTestCase(Loopback delivery, IpVersion version)
        : TestCase("TCP delivers every byte with 10 ms of delay and 1% of loss, as fast as the "
                   "Mathis formula says: " +
                   NameOf(delivery) + ", " + NameOf(version)),
          m_delivery(delivery),
          m_version(version)
    {
    }

  private:
    void DoRun() override
    {
        for (int64_t seed = 1; seed <= 5; ++seed)
        {
            Run(seed);
            Simulator::Destroy();
        }
    }

    void Run(int64_t seed)
    {
        TcpEchoSettings settings;
        settings.congestion = "ns3::TcpNewReno";
        settings.delAckCount = 1;
        auto node = CreateLoopbackNode(m_delivery);
        auto impairment = Impair(node, 100 * seed);
        impairment->SetAttribute("Delay",
                                 StringValue("ns3::ConstantRandomVariable[Constant=0.01]"));
        impairment->SetAttribute("Loss", DoubleValue(0.01));
        const auto echo = InstallTcpEcho(node, m_version, settings);
        Simulator::Stop(Hours(1));
        Simulator::Run();

        for (const TcpEchoEnd* end : {static_cast<const TcpEchoEnd*>(PeekPointer(echo.server)),
                                      static_cast<const TcpEchoEnd*>(PeekPointer(echo.client))})
        {
            NS_TEST_EXPECT_MSG_EQ(end->GetReceivedInOrder(),
                                  settings.streamSize,
                                  "seed " << seed << ": bytes received");
            NS_TEST_EXPECT_MSG_EQ(end->GetState(), "CLOSED", "seed " << seed << ": state");
        }
        NS_TEST_EXPECT_MSG_GT(impairment->GetStats().lost, 30, "seed " << seed << ": losses");

        // Mathis, Semke, Mahdavi, Ott 1997, with an ACK for each segment.
        const double roundTrip = 0.02;
        const double expected = settings.segmentSize / roundTrip * std::sqrt(1.5 / 0.01);
        const double measured = settings.streamSize / echo.server->GetLastReceived().GetSeconds();
        NS_TEST_EXPECT_MSG_LT(measured, 2 * expected, "seed " << seed << ": bytes in a second");
        NS_TEST_EXPECT_MSG_GT(measured, expected / 2, "seed " << seed << ": bytes in a second");
    }

    const Loopback m_delivery;
    const IpVersion m_version;
};

/// Corrupted datagrams are for the stack to find. Of TCP the same can not be asked: ns-3's reads
/// the options before it looks at the checksum, and a bit that is flipped there may end the
/// program.
class CorruptUdpTestCase : public TestCase
{
  public:
    CorruptUdpTestCase()
        : TestCase("with checksums the stack drops each corrupted datagram")
    {
    }

  private:
    void DoSetup() override
    {
        GlobalValue::Bind("ChecksumEnabled", BooleanValue(true));
    }

    void DoTeardown() override
    {
        GlobalValue::Bind("ChecksumEnabled", BooleanValue(false));
        Simulator::Destroy();
    }

    void DoRun() override
    {
        auto node = CreateLoopbackNode(Loopback::IMMEDIATE);
        auto impairment = Impair(node, 1);
        impairment->SetAttribute("Corrupt", DoubleValue(0.5));
        UdpFlowSettings settings;
        settings.count = 10'000;
        settings.interval = MicroSeconds(1);
        const UdpFlow flow(node, node, GetLoopbackAddress(IpVersion::V4), settings);
        Simulator::Run();
        const auto corrupted = impairment->GetStats().corrupted;
        NS_TEST_EXPECT_MSG_EQ_TOL(corrupted, 5000., 200, "datagrams corrupted");
        NS_TEST_EXPECT_MSG_EQ(flow.GetReceived(), settings.count - corrupted, "datagrams received");
    }
};

class LoImpairmentStackTestSuite : public TestSuite
{
  public:
    LoImpairmentStackTestSuite()
        : TestSuite("lo-impairment-stack", TestSuite::Type::SYSTEM)
    {
        for (const auto delivery : DELIVERIES)
        {
            for (const auto version : IP_VERSIONS)
            {
                AddTestCase(new LossyTcpTestCase(delivery, version));
            }
        }
        AddTestCase(new CorruptUdpTestCase);
    }
};

LoImpairmentStackTestSuite g_loImpairmentStackTestSuite;

} // namespace
