/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef TOKEN_BUCKETS_H
#define TOKEN_BUCKETS_H

#include "ns3/address.h"
#include "ns3/nstime.h"

#include <cstddef>
#include <cstdint>
#include <list>
#include <map>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * A token bucket for each peer (Linux's inet_peer_xrlim_allow, net/ipv4/icmp.c). A new peer's
 * bucket is full; a token comes back in an interval.
 */
class TokenBuckets
{
  public:
    /**
     * Take a token, if there is one.
     * @param peer whose bucket
     * @param now the simulated time, which never goes back
     * @param interval in which a token comes back; with 0 there is no limit
     * @param burst how many tokens a bucket holds
     * @return whether there was one
     */
    bool Take(const Address& peer, Time now, Time interval, uint32_t burst);

    /// How many peers are known at most; then the one not heard of for longest is forgotten
    /// (Linux's inet_peer_threshold).
    static constexpr std::size_t MAX_PEERS = 65536;

  private:
    /// A bucket counts time, as Linux's does, so that the interval can change.
    struct Bucket
    {
        Address peer; //!< whose it is
        Time saved;   //!< time saved up and not spent
        Time last;    //!< when that was
    };

    /**
     * @param fresh the bucket of a peer that is not known
     * @return the peer's bucket, which is now the last in m_byUse
     */
    Bucket& Find(const Bucket& fresh);

    std::list<Bucket> m_byUse;                              //!< the buckets, last used last
    std::map<Address, std::list<Bucket>::iterator> m_peers; //!< where in m_byUse each is
};

} // namespace ns3

#endif /* TOKEN_BUCKETS_H */
