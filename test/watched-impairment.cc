/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "watched-impairment.h"

#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <algorithm>
#include <sstream>

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

WatchedImpairment::WatchedImpairment() = default;

WatchedImpairment::~WatchedImpairment() = default;

void
WatchedImpairment::Destroy()
{
    m_onTransmit = nullptr;
    m_onDrop = nullptr;
    m_impairment = nullptr;
    Simulator::Destroy();
    RngSeedManager::SetSeed(1);
}

void
WatchedImpairment::Make(const ImpairmentAttributes& attributes, uint32_t seed)
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
WatchedImpairment::Set(const std::string& name, const std::string& value)
{
    m_impairment->SetAttribute(name, StringValue(value));
}

void
WatchedImpairment::Attach()
{
    m_impairment->Attach(MakeCallback(&WatchedImpairment::OnTransmit, this),
                         MakeCallback(&WatchedImpairment::OnDrop, this));
}

bool
WatchedImpairment::Send(Ptr<Packet> packet)
{
    if (!m_packet)
    {
        m_packet = Create<Packet>(100);
    }
    const LinkFrame frame{packet ? packet : m_packet, {ToAddress(m_nSent), Mac48Address()}, 0x0800};
    ++m_nSent;
    return m_impairment->Enqueue(frame, CONTEXT);
}

std::string
WatchedImpairment::FindUnaccounted() const
{
    const auto stats = m_impairment->GetStats();
    const auto lost = stats.lost + stats.overLimit + stats.flushed;
    const auto ends = stats.passed + lost + m_impairment->GetNPackets();
    std::ostringstream problem;
    if (ends != m_nSent + stats.duplicated)
    {
        problem << ends << " frames went on, were lost or wait, by " << stats << ", of " << m_nSent
                << " that were sent";
    }
    else if (m_arrivals.size() != stats.passed || m_drops.size() != lost)
    {
        problem << m_arrivals.size() << " frames went on and " << m_drops.size()
                << " were lost, which counted " << stats;
    }
    return problem.str();
}

bool
WatchedImpairment::IsInOrder() const
{
    return std::is_sorted(
        m_arrivals.begin(),
        m_arrivals.end(),
        [](const auto& one, const auto& other) { return one.number < other.number; });
}

uint64_t
WatchedImpairment::GetNumber(const LinkFrame& frame)
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
WatchedImpairment::OnTransmit(const LinkFrame& frame)
{
    m_arrivals.push_back({GetNumber(frame), Simulator::Now()});
    // It may be replaced by what it does.
    if (const auto onTransmit = m_onTransmit)
    {
        onTransmit(frame);
    }
}

void
WatchedImpairment::OnDrop(const LinkFrame& frame, DropReason reason)
{
    m_drops.emplace_back(GetNumber(frame), reason);
    // It may be replaced by what it does.
    if (const auto onDrop = m_onDrop)
    {
        onDrop(frame);
    }
}

} // namespace ns3::tests
