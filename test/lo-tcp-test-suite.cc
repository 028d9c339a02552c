/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "loopback-node.h"
#include "member-test-case.h"
#include "tcp-echo.h"

#include "ns3/lo-helper.h"
#include "ns3/simulator.h"

#include <string>
#include <vector>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// A combination of settings.
struct Variation
{
    TcpEchoSettings settings; //!< the settings
    int nChanges;             //!< how many are not the default
};

/// @return every combination of settings
std::vector<Variation>
GetAllVariations()
{
    std::vector<Variation> all{{{}, 0}};
    const auto cross = [&all](auto member, const auto& values) {
        std::vector<Variation> crossed;
        for (const auto& [settings, nChanges] : all)
        {
            for (const auto& value : values)
            {
                crossed.push_back({settings, nChanges + (value == settings.*member ? 0 : 1)});
                crossed.back().settings.*member = value;
            }
        }
        all = crossed;
    };
    cross(&TcpEchoSettings::congestion,
          std::vector<std::string>{"ns3::TcpNewReno",
                                   "ns3::TcpCubic",
                                   "ns3::TcpBbr",
                                   "ns3::TcpVegas"});
    cross(&TcpEchoSettings::sack, std::vector<bool>{true, false});
    cross(&TcpEchoSettings::delAckCount, std::vector<uint32_t>{1, 2});
    cross(&TcpEchoSettings::segmentSize, std::vector<uint32_t>{536, 1448, 60'000});
    cross(&TcpEchoSettings::noDelay, std::vector<bool>{false, true});
    for (auto& [settings, nChanges] : all)
    {
        if (settings.noDelay)
        {
            settings.writeSize = 1;
            settings.streamSize = 20'000;
        }
    }
    return all;
}

/// TCP echoes over each loopback.
class TcpTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Compare an echo over each lo with one over ns-3's own loopback.
    void Echo(IpVersion version, const TcpEchoSettings& settings)
    {
        TypeId congestion;
        if (!TypeId::LookupByNameFailSafe(settings.congestion, &congestion))
        {
            Skip(*this, "this ns-3 has no " + settings.congestion);
            return;
        }
        const auto reference = Simulate(Loopback::REFERENCE, version, settings);
        for (auto loopback : ALL_LOS)
        {
            NS_TEST_EXPECT_MSG_LT_OR_EQ(Simulate(loopback, version, settings),
                                        reference,
                                        "retransmissions, " << NameOf(loopback) << ", and "
                                                            << NameOf(Loopback::REFERENCE));
        }
    }

  private:
    /// @return retransmissions of an echo over a loopback
    uint32_t Simulate(Loopback loopback, IpVersion version, const TcpEchoSettings& settings)
    {
        const auto node = CreateLoopbackNode(loopback);
        const TcpEcho echo(node, version, settings);
        // A stalled echo may keep a timer running for ever.
        Simulator::Stop(Hours(1));
        Simulator::Run();
        const auto lo = LoHelper::GetLo(node);
        const auto bytes = lo ? lo->GetStats().rxBytes : UINT64_MAX;
        Simulator::Destroy();
        if (lo)
        {
            ExpectComplete(echo.client, settings, NameOf(loopback) + ", client");
            ExpectComplete(echo.server, settings, NameOf(loopback) + ", server");
            NS_TEST_EXPECT_MSG_GT(bytes,
                                  uint64_t{2} * settings.streamSize,
                                  NameOf(loopback) << ": bytes that crossed lo");
        }
        return echo.client.retransmissions + echo.server.retransmissions;
    }

    /// Expect an end to have received the whole stream, and its socket to be closed.
    void ExpectComplete(const TcpEcho::End& end,
                        const TcpEchoSettings& settings,
                        const std::string& name)
    {
        NS_TEST_EXPECT_MSG_EQ(end.receivedInOrder,
                              settings.streamSize,
                              name << ": bytes received before a wrong or missing one");
        NS_TEST_EXPECT_MSG_EQ(end.received, settings.streamSize, name << ": bytes received");
        NS_TEST_EXPECT_MSG_EQ(end.state, "CLOSED", name << ": state of the socket at the end");
        NS_TEST_EXPECT_MSG_EQ(end.normalCloses, 1, name << ": closes without an error");
        NS_TEST_EXPECT_MSG_EQ(end.errorCloses, 0, name << ": closes with an error");
    }
};

/// TCP over a LoNetDevice.
const Suite g_suite("lo-tcp", TestSuite::Type::SYSTEM, [](Suite& suite) {
    for (const auto& [settings, nChanges] : GetAllVariations())
    {
        for (auto version : IP_VERSIONS)
        {
            const auto name =
                "an echo completes over " + NameOf(version) + ": " + Describe(settings);
            nChanges > 1 ? suite.AddExtensive(name, &TcpTestCase::Echo, version, settings)
                         : suite.Add(name, &TcpTestCase::Echo, version, settings);
        }
    }
});

} // namespace
