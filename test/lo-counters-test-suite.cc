/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "member-test-case.h"
#include "to-callback.h"
#include "watched-lo.h"

#include "ns3/error-model.h"
#include "ns3/mac64-address.h"
#include "ns3/pointer.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <string>

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// The fate of a packet of 100 bytes: a row of the table in LoNetDevice's documentation.
struct Situation
{
    const char* name;              //!< the situation
    bool (*send)(LoNetDevice& lo); //!< brings it about, and returns what Send returned
    bool isTaken;                  //!< what Send returns
    const char* counters;          //!< counters that are not 0 afterwards
    const char* traces;            //!< the trace sources that fire, in order
    const char* drops;             //!< the reason that Drop reports
};

/// Send to the device's own address.
bool
SendToSelf(LoNetDevice& lo)
{
    return lo.Send(Create<Packet>(100), lo.GetAddress(), TEST_PROTOCOL);
}

/// Send to an address given as text.
template <class LinkAddress = Mac48Address>
bool
SendTo(LoNetDevice& lo, const char* address)
{
    return lo.Send(Create<Packet>(100), LinkAddress(address), TEST_PROTOCOL);
}

constexpr auto LOOPED = "rxPackets=1 txPackets=1 rxBytes=100 txBytes=100";
constexpr auto DELIVERED = "MacTx PromiscSniffer MacPromiscRx promiscuous Sniffer MacRx handler ";

const Situation SITUATIONS[]{
    {"a packet is looped", SendToSelf, true, LOOPED, DELIVERED, ""},
    {"a multicast packet is looped, and not counted as one",
     [](auto& lo) { return SendTo(lo, "33:33:00:00:00:01"); },
     true,
     LOOPED,
     DELIVERED,
     ""},
    {"a packet for another host is no drop that Linux counts",
     [](auto& lo) { return SendTo(lo, "02:00:00:00:00:02"); },
     true,
     LOOPED,
     "MacTx PromiscSniffer MacPromiscRx promiscuous MacRxDrop ",
     "OTHERHOST"},
    {"a packet of a protocol that no handler takes",
     [](auto& lo) { return lo.Send(Create<Packet>(100), lo.GetAddress(), TEST_PROTOCOL + 1); },
     true,
     "rxPackets=1 txPackets=1 rxBytes=100 txBytes=100 rxDropped=1",
     "MacTx PromiscSniffer MacPromiscRx promiscuous Sniffer MacRx MacRxDrop ",
     "UNHANDLED_PROTO"},
    {"a packet that the error model corrupts",
     [](auto& lo) {
         auto model = CreateObject<ReceiveListErrorModel>();
         model->SetList({0});
         lo.SetAttribute("ReceiveErrorModel", PointerValue(model));
         return SendToSelf(lo);
     },
     true,
     "txPackets=1 txBytes=100 rxErrors=1",
     "MacTx MacRxDrop ",
     "RX_ERROR"},
    {"a packet over a device that is down",
     [](auto& lo) {
         lo.SetDown();
         return SendToSelf(lo);
     },
     false,
     "txDropped=1",
     "MacTxDrop ",
     "DEV_READY"},
    {"a packet over the MTU",
     [](auto& lo) {
         lo.SetMtu(99);
         return SendToSelf(lo);
     },
     false,
     "txDropped=1",
     "MacTxDrop ",
     "PKT_TOO_BIG"},
    {"a packet to an address of another kind",
     [](auto& lo) { return SendTo<Mac64Address>(lo, "00:00:00:00:00:00:00:00"); },
     false,
     "txDropped=1",
     "MacTxDrop ",
     "DEV_HDR"},
    {"a packet from an address of another kind",
     [](auto& lo) {
         return lo.SendFrom(Create<Packet>(100), Mac64Address(), lo.GetAddress(), TEST_PROTOCOL);
     },
     false,
     "txDropped=1",
     "MacTxDrop ",
     "DEV_HDR"},
};

/// The counters of a lo and their trace sources, which must agree.
class CountersTestCase : public LoTestCase
{
  public:
    using LoTestCase::LoTestCase;

    /// Send a packet in a situation.
    void Account(std::size_t situation, const std::string& delivery)
    {
        const auto& [name, send, isTaken, counters, traces, drops] = SITUATIONS[situation];
        MakeLoOnNode(delivery);
        std::string happened;
        for (const auto& source : PACKET_TRACES)
        {
            OnTrace(source, [&happened, source](Ptr<const Packet>) { happened += source + " "; });
        }
        FollowCounters();
        const auto promiscuous =
            ToHandler([&](Ptr<NetDevice>, Ptr<const Packet>) { happened += "promiscuous "; });
        m_node->RegisterProtocolHandler(promiscuous, 0, m_lo, true);
        m_onReceive = [&](uint32_t) { happened += "handler "; };
        bool wasTaken = !isTaken;
        InNodeContext([&, sending = send] { wasTaken = sending(*m_lo); });
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(wasTaken, isTaken, "the result of Send");
        NS_TEST_EXPECT_MSG_EQ(ToText(m_lo->GetStats()), counters, "counters");
        NS_TEST_EXPECT_MSG_EQ(ToText(m_traced), counters, "the counters' trace sources");
        NS_TEST_EXPECT_MSG_EQ(happened, traces, "the packet's trace sources, in order");
        NS_TEST_EXPECT_MSG_EQ(m_drops, drops, "the reason that Drop reports");
    }

    /// Count in m_traced what the trace sources report.
    void FollowCounters()
    {
        for (const auto& field : LinkStats::FIELDS)
        {
            std::string source = field.name;
            source[0] -= 'a' - 'A';
            const Callback<void, uint64_t, uint64_t> follow =
                ToCallback([this, counter = field.counter](uint64_t before, uint64_t after) {
                    m_traced.*counter += after - before;
                });
            NS_TEST_EXPECT_MSG_EQ(m_lo->TraceConnectWithoutContext(source, follow),
                                  (source != "Collisions"),
                                  "whether there is a trace source " << source);
        }
    }

    /// Set the device down, or dispose it, while packets are pending.
    void DownWhileWaiting(const std::string& delivery)
    {
        MakeLoOnNode(delivery);
        for (uint32_t i = 0; i < 3; ++i)
        {
            Send(100);
        }
        m_lo->SetDown();
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetNWaiting(), 0, "packets pending on a device that is down");
        m_lo->SetUp();
        Send(200);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(ToText(m_received),
                              "200",
                              "packets sent after SetUp arrive, pending ones do not");
        NS_TEST_EXPECT_MSG_EQ(ToText(m_lo->GetStats()),
                              "rxPackets=1 txPackets=4 rxBytes=200 txBytes=500 rxDropped=3",
                              "counters");

        m_lo->SetAttribute("Delivery", StringValue("Backlog"));
        Send(300);
        m_node = nullptr;
        Simulator::Destroy();
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetStats().rxDropped, 4, "RxDropped once the node is gone");
        NS_TEST_EXPECT_MSG_EQ(m_drops, "DEV_READY DEV_READY DEV_READY DEV_READY", "reasons");
        NS_TEST_EXPECT_MSG_EQ(Send(400), false, "Send on a device whose node is gone");
    }

    /// Send packets of the MTU and of one byte more.
    void Mtu()
    {
        MakeLoOnNoNode();
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetMtu(), 65535, "MTU of a new device");
        NS_TEST_EXPECT_MSG_EQ(Send(65536), true, "65536 bytes pass at first, as on Linux's lo");
        NS_TEST_EXPECT_MSG_EQ(Send(65537), false, "65537 bytes do not");
        for (const uint32_t mtu : {65534, 1500, 68})
        {
            NS_TEST_EXPECT_MSG_EQ(m_lo->SetMtu(mtu), true, mtu << " is an MTU");
            NS_TEST_EXPECT_MSG_EQ(Send(mtu), true, mtu << " bytes pass");
            NS_TEST_EXPECT_MSG_EQ(Send(mtu + 1), false, mtu + 1 << " bytes do not");
        }
        NS_TEST_EXPECT_MSG_EQ(m_lo->SetMtu(67), false, "67 is no MTU");
        NS_TEST_EXPECT_MSG_EQ(m_lo->GetMtu(), 68, "a refused MTU changes nothing");
        NS_TEST_EXPECT_MSG_EQ(m_lo->SetAttributeFailSafe("Mtu", UintegerValue(67)),
                              false,
                              "nor is it one as an attribute");
        m_lo->SetAttribute("Delivery", StringValue("Backlog"));
        m_lo->SetMtu(1500);
        Send(1500);
        m_lo->SetMtu(68);
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(m_received.back(), 1500, "a pending packet arrives, though larger");
    }

  private:
    LinkStats m_traced; //!< the counts that the trace sources report
};

/// The counters and traces of a lo.
const Suite g_suite("lo-counters", TestSuite::Type::UNIT, [](Suite& suite) {
    using Case = CountersTestCase;
    for (const auto& delivery : AllDeliveries())
    {
        for (const auto& situation : SITUATIONS)
        {
            suite.Add(delivery + ": " + situation.name,
                      &Case::Account,
                      &situation - SITUATIONS,
                      delivery);
        }
        suite.Add(delivery + ": packets pending when the device goes down are dropped",
                  &Case::DownWhileWaiting,
                  delivery);
    }
    suite.Add("a packet of the MTU passes, one more byte does not, below 68 is no MTU", &Case::Mtu);
});

} // namespace
