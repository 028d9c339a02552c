/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "call-sequence.h"
#include "member-test-case.h"
#include "to-callback.h"
#include "watched-lo.h"

#include "ns3/blackhole-net-device.h"
#include "ns3/mac64-address.h"
#include "ns3/random-variable-stream.h"

#include <sstream>
#include <string>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// A blackhole on no node.
class BlackholeTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Send packets to various addresses, and one while the device is down.
    void Swallow()
    {
        const auto blackhole = CreateObject<BlackholeNetDevice>();
        uint32_t nReceived = 0;
        blackhole->SetReceiveCallback(
            ToCallback([&](Ptr<NetDevice>, Ptr<const Packet>, uint16_t, const Address&) {
                ++nReceived;
                return true;
            }));
        std::ostringstream trace;
        for (const std::string source :
             {"MacTx", "Sniffer", "PromiscSniffer", "MacRx", "MacTxDrop"})
        {
            blackhole->TraceConnectWithoutContext(
                source,
                ToCallback([&trace, source](Ptr<const Packet> packet) {
                    trace << source << " " << packet->GetSize() << ", ";
                }));
        }
        blackhole->TraceConnectWithoutContext("Drop",
                                              ToCallback([&](Ptr<const Packet>, DropReason reason) {
                                                  trace << "Drop " << reason << ", ";
                                              }));
        const auto send = [&] {
            return blackhole->Send(Create<Packet>(100), Mac48Address("02:00:00:00:00:01"), 0x0800);
        };
        NS_TEST_EXPECT_MSG_EQ(send(), true, "Send");
        NS_TEST_EXPECT_MSG_EQ(blackhole->SendFrom(Create<Packet>(50),
                                                  Mac64Address("00:00:00:00:00:00:00:01"),
                                                  Address(),
                                                  0x0800),
                              true,
                              "SendFrom, whatever the addresses");
        blackhole->SetDown();
        NS_TEST_EXPECT_MSG_EQ(send(), false, "Send while the device is down");
        NS_TEST_EXPECT_MSG_EQ(ToText(blackhole->GetStats()),
                              "txPackets=2 txBytes=150 txDropped=1",
                              "counters");
        NS_TEST_EXPECT_MSG_EQ(nReceived, 0, "packets delivered");
        NS_TEST_EXPECT_MSG_EQ(trace.str(),
                              "MacTx 100, PromiscSniffer 114, Sniffer 114, Drop BLACKHOLE, "
                              "MacTx 50, PromiscSniffer 64, Sniffer 64, Drop BLACKHOLE, "
                              "MacTxDrop 100, Drop DEV_READY, ",
                              "the traces, in order");
    }

    /// Make random calls on the device.
    void AnySequence()
    {
        auto random = CreateObject<UniformRandomVariable>();
        random->SetStream(1);
        for (uint32_t i = 0; i < 300 && !IsStatusFailure(); ++i)
        {
            const auto problem =
                RunBlackholeCallSequence([&](uint32_t n) { return random->GetInteger(0, n - 1); });
            NS_TEST_EXPECT_MSG_EQ(problem, "", "sequence " << i);
        }
    }
};

/// The blackhole device.
const Suite g_suite("lo-blackhole", TestSuite::Type::UNIT, [](Suite& suite) {
    using Case = BlackholeTestCase;
    suite.Add(
        "a blackhole accepts every packet while it is up, counts it as sent, and delivers none",
        &Case::Swallow);
    suite.Add("every packet is discarded or refused, and counted so, in any sequence of calls",
              &Case::AnySequence);
});

} // namespace
