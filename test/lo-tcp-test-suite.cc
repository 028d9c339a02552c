/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "loopback-node.h"
#include "tcp-echo.h"

#include "ns3/simulator.h"
#include "ns3/test.h"

#include <sstream>
#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// What came of a TCP echo.
struct Outcome
{
    TcpEcho echo;               //!< its ends
    uint32_t retransmissions{}; //!< of both ends
};

/// An echo completes over every delivery, with no more retransmissions than over ns-3's loopback.
class TcpEchoTestCase : public TestCase
{
  public:
    /**
     * @param version the IP version
     * @param settings the settings
     */
    TcpEchoTestCase(IpVersion version, const TcpEchoSettings& settings)
        : TestCase("echo completes over " + NameOf(version) + ": " + Describe(settings)),
          m_version(version),
          m_settings(settings)
    {
    }

  private:
    void DoRun() override
    {
        const auto reference = Run(Loopback::REFERENCE);
        for (auto loopback : DELIVERIES)
        {
            const auto outcome = Run(loopback);
            ExpectComplete(*outcome.echo.client, NameOf(loopback) + ", client");
            ExpectComplete(*outcome.echo.server, NameOf(loopback) + ", server");
            NS_TEST_EXPECT_MSG_LT_OR_EQ(outcome.retransmissions,
                                        reference.retransmissions,
                                        NameOf(loopback) << ": more retransmissions than over "
                                                         << NameOf(Loopback::REFERENCE));
        }
    }

    /// @return what comes of the echo over a loopback
    Outcome Run(Loopback loopback) const
    {
        auto echo = InstallTcpEcho(CreateLoopbackNode(loopback), m_version, m_settings);
        // An echo that stalls may keep a timer going for ever.
        Simulator::Stop(Hours(1));
        Simulator::Run();
        Simulator::Destroy();
        return {echo, echo.client->GetRetransmissions() + echo.server->GetRetransmissions()};
    }

    /// Expect an end to have got the whole stream, and its socket to have closed.
    void ExpectComplete(const TcpEchoEnd& end, const std::string& who)
    {
        NS_TEST_EXPECT_MSG_EQ(end.GetReceivedInOrder(),
                              m_settings.streamSize,
                              who << ": bytes received before the first wrong or missing one");
        NS_TEST_EXPECT_MSG_EQ(end.GetReceived(), m_settings.streamSize, who << ": bytes received");
        NS_TEST_EXPECT_MSG_EQ(end.GetState(), "CLOSED", who << ": state of the socket at the end");
        NS_TEST_EXPECT_MSG_EQ(end.GetNormalCloses(), 1, who << ": closes without an error");
        NS_TEST_EXPECT_MSG_EQ(end.GetErrorCloses(), 0, who << ": closes with an error");
    }

    const IpVersion m_version;        //!< the IP version
    const TcpEchoSettings m_settings; //!< how both ends are set
};

/// TCP over a LoNetDevice.
class LoTcpTestSuite : public TestSuite
{
  public:
    LoTcpTestSuite()
        : TestSuite("lo-tcp", TestSuite::Type::SYSTEM)
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
static LoTcpTestSuite g_loTcpTestSuite;

} // namespace
