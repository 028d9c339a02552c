/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "loopback-node.h"
#include "routed-network.h"
#include "tcp-echo.h"

#include "ns3/lo-helper.h"
#include "ns3/simulator.h"
#include "ns3/test.h"

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// A TCP echo does the same over a lo from before the stack and over one from after it.
class TcpEchoTestCase : public TestCase
{
  public:
    TcpEchoTestCase(IpVersion version, const TcpEchoSettings& settings)
        : TestCase("the same as with a lo from before the stack: " + NameOf(version) + ": " +
                   Describe(settings)),
          m_version(version),
          m_settings(settings)
    {
    }

  private:
    void DoRun() override
    {
        const auto before = Simulate(Moment::BEFORE_STACK);
        const auto after = Simulate(Moment::AFTER_STACK);
        NS_TEST_EXPECT_MSG_EQ(after, before, "what lo counted");
        NS_TEST_EXPECT_MSG_GT(after.rxBytes,
                              uint64_t{2} * m_settings.streamSize,
                              "both ways of the stream");
    }

    LinkStats Simulate(Moment lo)
    {
        const auto node = CreateLoopbackNode(lo);
        const auto echo = InstallTcpEcho(node, m_version, m_settings);
        Simulator::Stop(Hours(1));
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(echo.server->GetReceivedInOrder(),
                              m_settings.streamSize,
                              "the server got the stream, lo " << NameOf(lo));
        NS_TEST_EXPECT_MSG_EQ(echo.client->GetReceivedInOrder(),
                              m_settings.streamSize,
                              "the client got it back, lo " << NameOf(lo));
        const auto stats = LoHelper::GetLo(node)->GetStats();
        Simulator::Destroy();
        return stats;
    }

    const IpVersion m_version;
    const TcpEchoSettings m_settings;
};

/// TCP over a LoNetDevice that was installed after the Internet stack.
class LoTcpInstallAfterTestSuite : public TestSuite
{
  public:
    LoTcpInstallAfterTestSuite()
        : TestSuite("lo-tcp-install-after", TestSuite::Type::SYSTEM)
    {
        for (const auto& settings : GetAllTcpEchoSettings())
        {
            for (auto version : IP_VERSIONS)
            {
                AddTestCase(new TcpEchoTestCase(version, settings));
            }
        }
    }
};

/// Registers the suite.
static LoTcpInstallAfterTestSuite g_loTcpInstallAfterTestSuite;

} // namespace
