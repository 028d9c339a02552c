/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "lo-test-case.h"

#include "ns3/error-model.h"
#include "ns3/mac64-address.h"
#include "ns3/node.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <map>
#include <sstream>
#include <string>

using namespace ns3;

namespace
{

/// How often each trace source with a packet has fired.
struct TraceCounts
{
    const uint32_t& macTx;
    const uint32_t& macTxDrop;
    const uint32_t& macRx;
    const uint32_t& macPromiscRx;
    const uint32_t& macRxDrop;
    const uint32_t& sniffer;
    const uint32_t& promiscSniffer;
};

/// A packet of 100 bytes meets a case of the table in LoNetDevice's documentation.
class CaseTestCase : public LoTestCase
{
  protected:
    CaseTestCase(const std::string& behaviour, const std::string& delivery)
        : LoTestCase(delivery + ": " + behaviour),
          m_delivery(delivery)
    {
    }

    /// @return whether Send took the packet, which is then on its way or lost
    virtual bool SendPacket()
    {
        return Send(100);
    }

    /// Make the case.
    virtual void Prepare() = 0;

    /// @param traces what has fired
    virtual void Check(const TraceCounts& traces) = 0;

    bool m_taken{false}; //!< what Send returned
    LinkStats m_stats;   //!< the counters in the end

  private:
    void DoRun() override
    {
        MakeLoOnNode(m_delivery);
        const TraceCounts traces{CountTrace("MacTx"),
                                 CountTrace("MacTxDrop"),
                                 CountTrace("MacRx"),
                                 CountTrace("MacPromiscRx"),
                                 CountTrace("MacRxDrop"),
                                 CountTrace("Sniffer"),
                                 CountTrace("PromiscSniffer")};
        Prepare();
        InNodeContext([this] { m_taken = SendPacket(); });
        Simulator::Run();
        m_stats = m_lo->GetStats();
        Check(traces);
    }

    std::string m_delivery;
};

class LoopedTestCase : public CaseTestCase
{
  public:
    explicit LoopedTestCase(const std::string& delivery)
        : CaseTestCase("a packet that is looped is counted as sent and as received", delivery)
    {
    }

  private:
    void Prepare() override
    {
    }

    void Check(const TraceCounts& traces) override
    {
        LinkStats expected;
        expected.txPackets = expected.rxPackets = 1;
        expected.txBytes = expected.rxBytes = 100;
        NS_TEST_EXPECT_MSG_EQ(m_taken, true, "what Send returns");
        NS_TEST_EXPECT_MSG_EQ(m_stats, expected, "counters");
        NS_TEST_EXPECT_MSG_EQ(traces.macTx, 1, "MacTx");
        NS_TEST_EXPECT_MSG_EQ(traces.macRx, 1, "MacRx");
        NS_TEST_EXPECT_MSG_EQ(traces.macPromiscRx, 1, "MacPromiscRx");
        NS_TEST_EXPECT_MSG_EQ(traces.sniffer, 1, "Sniffer");
        NS_TEST_EXPECT_MSG_EQ(traces.promiscSniffer, 1, "PromiscSniffer");
        NS_TEST_EXPECT_MSG_EQ(traces.macTxDrop + traces.macRxDrop + m_drops.size(), 0, "drops");
    }
};

/// A packet that Send refuses: the device down, the packet too big, an address of another kind.
class RefusedTestCase : public CaseTestCase
{
  public:
    RefusedTestCase(DropReason reason, const std::string& delivery)
        : CaseTestCase("a packet that is refused is counted as TxDropped", delivery),
          m_reason(reason)
    {
    }

  private:
    void Prepare() override
    {
        if (m_reason == DropReason::DEV_READY)
        {
            m_lo->SetDown();
        }
        else if (m_reason == DropReason::PKT_TOO_BIG)
        {
            m_lo->SetMtu(99);
        }
    }

    bool SendPacket() override
    {
        if (m_reason != DropReason::DEV_HDR)
        {
            return Send(100);
        }
        // In its bytes lo's own address, but of another kind.
        const auto other = Mac64Address("00:00:00:00:00:00:00:00");
        return m_lo->SendFrom(Create<Packet>(100), other, m_lo->GetAddress(), TEST_PROTOCOL) ||
               m_lo->Send(Create<Packet>(100), other, TEST_PROTOCOL);
    }

    void Check(const TraceCounts& traces) override
    {
        const auto attempts = m_reason == DropReason::DEV_HDR ? 2U : 1U;
        LinkStats expected;
        expected.txDropped = attempts;
        NS_TEST_EXPECT_MSG_EQ(m_taken, false, m_reason << ": what Send returns");
        NS_TEST_EXPECT_MSG_EQ(m_stats, expected, m_reason << ": counters");
        NS_TEST_EXPECT_MSG_EQ(m_received.size(), 0, m_reason << ": packets received");
        NS_TEST_EXPECT_MSG_EQ(traces.macTxDrop, attempts, m_reason << ": MacTxDrop");
        NS_TEST_EXPECT_MSG_EQ((m_drops == std::vector<DropReason>(attempts, m_reason)),
                              true,
                              m_reason << ": Drop gives the reason");
        NS_TEST_EXPECT_MSG_EQ(traces.macTx + traces.sniffer + traces.promiscSniffer +
                                  traces.macRxDrop,
                              0,
                              m_reason << ": nothing else is traced");
    }

    DropReason m_reason;
};

class UnhandledTestCase : public CaseTestCase
{
  public:
    explicit UnhandledTestCase(const std::string& delivery)
        : CaseTestCase("a packet of a protocol that nobody handles is received and dropped",
                       delivery)
    {
    }

  private:
    void Prepare() override
    {
    }

    bool SendPacket() override
    {
        return Send(100, TEST_PROTOCOL + 1);
    }

    void Check(const TraceCounts& traces) override
    {
        LinkStats expected;
        expected.txPackets = expected.rxPackets = 1;
        expected.txBytes = expected.rxBytes = 100;
        expected.rxDropped = 1;
        NS_TEST_EXPECT_MSG_EQ(m_taken, true, "what Send returns");
        NS_TEST_EXPECT_MSG_EQ(m_stats, expected, "counters");
        NS_TEST_EXPECT_MSG_EQ(traces.macRxDrop, 1, "MacRxDrop");
        NS_TEST_EXPECT_MSG_EQ(traces.sniffer, 1, "Sniffer");
        NS_TEST_EXPECT_MSG_EQ((m_drops == std::vector<DropReason>{DropReason::UNHANDLED_PROTO}),
                              true,
                              "Drop says UNHANDLED_PROTO");
    }
};

class DamagedTestCase : public CaseTestCase
{
  public:
    explicit DamagedTestCase(const std::string& delivery)
        : CaseTestCase("a packet that the error model corrupts is an RxError", delivery)
    {
    }

  private:
    void Prepare() override
    {
        auto model = CreateObject<ReceiveListErrorModel>();
        model->SetList({0});
        m_lo->SetAttribute("ReceiveErrorModel", PointerValue(model));
    }

    void Check(const TraceCounts& traces) override
    {
        LinkStats expected;
        expected.txPackets = 1;
        expected.txBytes = 100;
        expected.rxErrors = 1;
        NS_TEST_EXPECT_MSG_EQ(m_taken, true, "what Send returns");
        NS_TEST_EXPECT_MSG_EQ(m_stats, expected, "counters");
        NS_TEST_EXPECT_MSG_EQ(m_received.size(), 0, "packets received");
        NS_TEST_EXPECT_MSG_EQ(traces.macRxDrop, 1, "MacRxDrop");
        NS_TEST_EXPECT_MSG_EQ(traces.promiscSniffer, 0, "PromiscSniffer");
        NS_TEST_EXPECT_MSG_EQ((m_drops == std::vector<DropReason>{DropReason::RX_ERROR}),
                              true,
                              "Drop says RX_ERROR");
    }
};

/// Packets that wait are lost when the device goes down, by SetDown or for good.
class DownWhileWaitingTestCase : public LoTestCase
{
  public:
    explicit DownWhileWaitingTestCase(const std::string& delivery)
        : LoTestCase(delivery + ": packets that wait when the device goes down are RxDropped"),
          m_delivery(delivery)
    {
    }

  private:
    void DoRun() override
    {
        MakeLoOnNode(m_delivery);
        const auto& macRxDrop = CountTrace("MacRxDrop");
        for (uint32_t i = 0; i < 3; ++i)
        {
            Send(100);
        }
        m_lo->SetDown();
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetNWaiting(), 0, "packets that wait on a device that is down");
        m_lo->SetUp();
        Send(200);
        Simulator::Run();

        const auto lost = m_lo->GetStats();
        NS_TEST_EXPECT_MSG_EQ((m_received == std::vector<uint32_t>{200}),
                              true,
                              "what was sent after SetUp arrives, what waited does not");
        NS_TEST_EXPECT_MSG_EQ(lost.txPackets, 4, "TxPackets");
        NS_TEST_EXPECT_MSG_EQ(lost.rxPackets, 1, "RxPackets");
        NS_TEST_EXPECT_MSG_EQ(lost.rxDropped, 3, "RxDropped");
        NS_TEST_EXPECT_MSG_EQ(lost.txDropped, 0, "TxDropped");

        InNodeContext([this] {
            m_lo->SetAttribute("Delivery", StringValue("Backlog"));
            Send(300);
        });
        Simulator::Stop(Time(0));
        Simulator::Run();
        m_node = nullptr;
        Simulator::Destroy();
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetStats().rxDropped, 4, "RxDropped once the node is gone");
        NS_TEST_EXPECT_MSG_EQ(macRxDrop, 4, "MacRxDrop");
        NS_TEST_EXPECT_MSG_EQ((m_drops == std::vector<DropReason>(4, DropReason::DEV_READY)),
                              true,
                              "Drop says DEV_READY each time");
        NS_TEST_EXPECT_MSG_EQ(Send(400), false, "Send on a device whose node is gone");
    }

    std::string m_delivery;
};

/// A counter's trace source tells each step from the value before to the value after.
class CounterTraceTestCase : public LoTestCase
{
  public:
    CounterTraceTestCase()
        : LoTestCase("each counter is a trace source that follows GetStats")
    {
    }

  private:
    void DoRun() override
    {
        MakeLoOnNode();
        const auto sources = {"TxPackets",
                              "TxBytes",
                              "RxPackets",
                              "RxBytes",
                              "TxErrors",
                              "RxErrors",
                              "TxDropped",
                              "RxDropped",
                              "Multicast"};
        for (const auto source : sources)
        {
            const bool connected =
                m_lo->TraceConnect(source,
                                   source,
                                   MakeCallback(&CounterTraceTestCase::OnChange, this));
            NS_TEST_EXPECT_MSG_EQ(connected, true, "there is a trace source " << source);
        }
        InNodeContext([this] {
            Send(100);
            Send(50, TEST_PROTOCOL + 1);
            m_lo->Send(Create<Packet>(10), Mac48Address("33:33:00:00:00:01"), TEST_PROTOCOL);
            m_lo->SetMtu(68);
            Send(69);
        });
        Simulator::Run();

        const auto stats = m_lo->GetStats();
        NS_TEST_EXPECT_MSG_EQ(m_last["TxPackets"], stats.txPackets, "TxPackets");
        NS_TEST_EXPECT_MSG_EQ(m_last["TxBytes"], stats.txBytes, "TxBytes");
        NS_TEST_EXPECT_MSG_EQ(m_last["RxPackets"], stats.rxPackets, "RxPackets");
        NS_TEST_EXPECT_MSG_EQ(m_last["RxBytes"], stats.rxBytes, "RxBytes");
        NS_TEST_EXPECT_MSG_EQ(m_last["TxDropped"], stats.txDropped, "TxDropped");
        NS_TEST_EXPECT_MSG_EQ(m_last["RxDropped"], stats.rxDropped, "RxDropped");
        NS_TEST_EXPECT_MSG_EQ(m_last["Multicast"], stats.multicast, "Multicast");
        NS_TEST_EXPECT_MSG_EQ(stats.rxBytes, 160, "bytes are layer-3 bytes");
        NS_TEST_EXPECT_MSG_EQ(stats.txDropped, 1, "one packet over the MTU");
        NS_TEST_EXPECT_MSG_EQ(stats.rxDropped, 1, "one packet that nobody handles");
        NS_TEST_EXPECT_MSG_EQ(stats.multicast, 1, "one multicast packet");

        for (const auto source : sources)
        {
            m_lo->TraceDisconnect(source,
                                  source,
                                  MakeCallback(&CounterTraceTestCase::OnChange, this));
        }
        InNodeContext([this] { Send(60); });
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetStats().txPackets, stats.txPackets + 1, "one more");
        NS_TEST_EXPECT_MSG_EQ(m_last["TxPackets"], stats.txPackets, "who left is not told");
    }

    // NOLINTNEXTLINE(performance-unnecessary-value-param): ns-3 hands a context over so
    void OnChange(std::string source, uint64_t before, uint64_t after)
    {
        NS_TEST_EXPECT_MSG_EQ(before, m_last[source], source << " goes on from its last value");
        m_last[source] = after;
    }

    std::map<std::string, uint64_t> m_last;
};

/// The MTU is a limit in both directions of its own: packets up to it, and values from 68.
class MtuTestCase : public LoTestCase
{
  public:
    MtuTestCase()
        : LoTestCase("a packet of the MTU passes, one more byte does not, below 68 is no MTU")
    {
    }

  private:
    void DoRun() override
    {
        MakeLoOnNoNode();
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetMtu(), 65535, "MTU of a new device");
        NS_TEST_EXPECT_MSG_EQ(Send(65535), true, "a packet of 65535 bytes passes");
        NS_TEST_EXPECT_MSG_EQ(Send(65536), false, "a packet of 65536 bytes does not");
        NS_TEST_EXPECT_MSG_EQ(m_lo->SetMtu(1500), true, "1500 is an MTU");
        NS_TEST_EXPECT_MSG_EQ(Send(1500), true, "a packet of 1500 bytes passes");
        NS_TEST_EXPECT_MSG_EQ(Send(1501), false, "a packet of 1501 bytes does not");
        NS_TEST_EXPECT_MSG_EQ(m_lo->SetMtu(67), false, "67 is no MTU");
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetMtu(), 1500, "a refused MTU changes nothing");
        NS_TEST_EXPECT_MSG_EQ(m_lo->SetAttributeFailSafe("Mtu", UintegerValue(67)),
                              false,
                              "nor is it as an attribute");
        NS_TEST_EXPECT_MSG_EQ(m_lo->SetMtu(68), true, "68 is an MTU");
    }
};

/// What is printed is what one looks for in Linux's tracing.
class ReasonNamesTestCase : public TestCase
{
  public:
    ReasonNamesTestCase()
        : TestCase("each drop reason is printed by its name")
    {
    }

  private:
    void DoRun() override
    {
        const std::map<DropReason, std::string> names{
            {DropReason::DEV_READY, "DEV_READY"},
            {DropReason::DEV_HDR, "DEV_HDR"},
            {DropReason::PKT_TOO_BIG, "PKT_TOO_BIG"},
            {DropReason::QDISC_DROP, "QDISC_DROP"},
            {DropReason::CPU_BACKLOG, "CPU_BACKLOG"},
            {DropReason::UNHANDLED_PROTO, "UNHANDLED_PROTO"},
            {DropReason::OTHERHOST, "OTHERHOST"},
            {DropReason::RX_ERROR, "RX_ERROR"},
            {DropReason::BLACKHOLE, "BLACKHOLE"},
            {static_cast<DropReason>(255), "NOT_SPECIFIED"},
        };
        for (const auto& [reason, name] : names)
        {
            std::ostringstream os;
            os << reason;
            NS_TEST_EXPECT_MSG_EQ(os.str(), name, "reason " << static_cast<int>(reason));
        }
    }
};

class LoCountersTestSuite : public TestSuite
{
  public:
    LoCountersTestSuite()
        : TestSuite("lo-counters", TestSuite::Type::UNIT)
    {
        for (const auto& delivery : AllDeliveries())
        {
            AddTestCase(new LoopedTestCase(delivery));
            AddTestCase(new RefusedTestCase(DropReason::DEV_READY, delivery));
            AddTestCase(new RefusedTestCase(DropReason::DEV_HDR, delivery));
            AddTestCase(new RefusedTestCase(DropReason::PKT_TOO_BIG, delivery));
            AddTestCase(new UnhandledTestCase(delivery));
            AddTestCase(new DamagedTestCase(delivery));
            AddTestCase(new DownWhileWaitingTestCase(delivery));
        }
        AddTestCase(new CounterTraceTestCase);
        AddTestCase(new MtuTestCase);
        AddTestCase(new ReasonNamesTestCase);
    }
};

LoCountersTestSuite g_loCountersTestSuite;

} // namespace
