/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "token-buckets.h"

#include <algorithm>
#include <iterator>

namespace ns3
{

bool
TokenBuckets::Take(const Address& peer, Time now, Time interval, uint32_t burst)
{
    if (interval.IsZero())
    {
        return true;
    }
    // ns-3's Time has no room for all intervals and bursts, nor for what is saved up beyond now.
    const auto most = Time::Max().GetTimeStep() / interval.GetTimeStep();
    const auto full = interval * std::min(int64_t{burst}, most);
    auto& bucket = Find({peer, full, now});
    const auto missing = Max(Time(0), full - bucket.saved);
    bucket.saved = full - Max(Time(0), missing - (now - bucket.last));
    bucket.last = now;
    if (bucket.saved < interval)
    {
        return false;
    }
    bucket.saved -= interval;
    return true;
}

TokenBuckets::Bucket&
TokenBuckets::Find(const Bucket& fresh)
{
    const auto known = m_peers.find(fresh.peer);
    if (known != m_peers.end())
    {
        m_byUse.splice(m_byUse.end(), m_byUse, known->second);
        return *known->second;
    }
    if (m_byUse.size() == MAX_PEERS)
    {
        m_peers.erase(m_byUse.front().peer);
        m_byUse.pop_front();
    }
    m_byUse.push_back(fresh);
    m_peers[fresh.peer] = std::prev(m_byUse.end());
    return m_byUse.back();
}

} // namespace ns3
