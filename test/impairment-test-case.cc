/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "impairment-test-case.h"

#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <algorithm>

namespace ns3::tests
{

namespace
{

Mac48Address
ToAddress(uint64_t number)
{
    uint8_t bytes[6];
    for (int i = 5; i >= 0; --i)
    {
        bytes[i] = static_cast<uint8_t>(number);
        number >>= 8;
    }
    Mac48Address address;
    address.CopyFrom(bytes);
    return address;
}

} // namespace

ImpairmentTestCase::ImpairmentTestCase(const std::string& behaviour)
    : TestCase(behaviour)
{
}

void
ImpairmentTestCase::DoTeardown()
{
    m_onTransmit = nullptr;
    m_onDrop = nullptr;
    m_impairment = nullptr;
    Simulator::Destroy();
    RngSeedManager::SetSeed(1);
}

void
ImpairmentTestCase::Make(const ImpairmentAttributes& attributes, uint32_t seed)
{
    // Before the first run ns-3 keeps book of each Time that there is, which takes its time.
    Simulator::Run();
    RngSeedManager::SetSeed(seed);
    if (m_impairment)
    {
        m_impairment->Detach();
    }
    m_impairment = CreateObject<LinkImpairment>();
    for (const auto& [name, value] : attributes)
    {
        Set(name, value);
    }
    m_impairment->AssignStreams(0);
    m_nSent = 0;
    m_arrivals.clear();
    m_drops.clear();
    Attach();
}

void
ImpairmentTestCase::Set(const std::string& name, const std::string& value)
{
    m_impairment->SetAttribute(name, StringValue(value));
}

void
ImpairmentTestCase::Attach()
{
    m_impairment->Attach(MakeCallback(&ImpairmentTestCase::OnTransmit, this),
                         MakeCallback(&ImpairmentTestCase::OnDrop, this));
}

bool
ImpairmentTestCase::Send(Ptr<Packet> packet)
{
    if (!m_packet)
    {
        m_packet = Create<Packet>(100);
    }
    const LinkFrame frame{packet ? packet : m_packet, {ToAddress(m_nSent), Mac48Address()}, 0x0800};
    ++m_nSent;
    return m_impairment->Enqueue(frame, CONTEXT);
}

void
ImpairmentTestCase::SendEvery(uint32_t count, Time interval)
{
    if (count > 0)
    {
        Simulator::Schedule(interval, [this, count, interval] {
            Send();
            SendEvery(count - 1, interval);
        });
    }
}

void
ImpairmentTestCase::ExpectMean(const BatchMeans& measured, double expected, const std::string& what)
{
    const auto error = measured.GetStandardError();
    NS_TEST_EXPECT_MSG_EQ_TOL(measured.GetMean(),
                              expected,
                              4 * error,
                              what << ", within 4 standard errors, of " << measured.GetCount());
    NS_TEST_EXPECT_MSG_LT(error, 0.05 * expected, what << ": its standard error");
}

void
ImpairmentTestCase::ExpectConserved(const std::string& when)
{
    const auto stats = m_impairment->GetStats();
    NS_TEST_EXPECT_MSG_EQ(stats.passed + stats.lost + stats.overLimit + stats.flushed +
                              m_impairment->GetNPackets(),
                          m_nSent + stats.duplicated,
                          when << ": frames that went on, were lost or wait, by " << stats);
    NS_TEST_EXPECT_MSG_EQ(m_arrivals.size(), stats.passed, when << ": frames that went on");
    NS_TEST_EXPECT_MSG_EQ(m_drops.size(),
                          stats.lost + stats.overLimit + stats.flushed,
                          when << ": frames that were lost");
}

bool
ImpairmentTestCase::IsInOrder() const
{
    return std::is_sorted(
        m_arrivals.begin(),
        m_arrivals.end(),
        [](const auto& one, const auto& other) { return one.number < other.number; });
}

uint64_t
ImpairmentTestCase::GetNumber(const LinkFrame& frame)
{
    uint8_t bytes[6];
    frame.addresses.source.CopyTo(bytes);
    uint64_t number = 0;
    for (const auto byte : bytes)
    {
        number = number << 8 | byte;
    }
    return number;
}

void
ImpairmentTestCase::OnTransmit(const LinkFrame& frame)
{
    m_arrivals.push_back({GetNumber(frame), Simulator::Now()});
    // It may be replaced by what it does.
    if (const auto onTransmit = m_onTransmit)
    {
        onTransmit(frame);
    }
}

void
ImpairmentTestCase::OnDrop(const LinkFrame& frame, DropReason reason)
{
    m_drops.emplace_back(GetNumber(frame), reason);
    // It may be replaced by what it does.
    if (const auto onDrop = m_onDrop)
    {
        onDrop(frame);
    }
}

} // namespace ns3::tests
