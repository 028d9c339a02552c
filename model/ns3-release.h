/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef NS3_RELEASE_H
#define NS3_RELEASE_H

#include "ns3/enum.h"
#include "ns3/net-device.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <type_traits>
#include <utility>

/**
 * @file
 * @ingroup loopback
 * What differs between the ns-3 releases that this module compiles on (3.37, 3.43, 3.48), and
 * nothing else. Not installed.
 *
 * It is told by what headers declare, never by whether there is one: beside an ns-3 tree another
 * release may be installed, whose headers are found too.
 */

namespace ns3
{

/**
 * Whether MakeEnumAccessor has to be told the type of the enumeration, as since ns-3.41.
 * @tparam Enum the enumeration
 * @tparam Member type of a pointer to the attribute's member variable
 */
template <typename Enum, typename Member, typename = void>
struct IsEnumAccessorTyped : std::false_type
{
};

/// @copydoc IsEnumAccessorTyped
template <typename Enum, typename Member>
struct IsEnumAccessorTyped<Enum,
                           Member,
                           std::void_t<decltype(MakeEnumAccessor<Enum>(std::declval<Member>()))>>
    : std::true_type
{
};

/**
 * MakeEnumAccessor in the words of any release.
 * @tparam Enum the enumeration
 * @tparam Member type of a pointer to the attribute's member variable
 * @param member the attribute's member variable
 * @return the accessor
 */
template <typename Enum, typename Member>
Ptr<const AttributeAccessor>
MakeAccessorOfEnum(Member member)
{
    if constexpr (IsEnumAccessorTyped<Enum, Member>::value)
    {
        return MakeEnumAccessor<Enum>(member);
    }
    else
    {
        return MakeEnumAccessor(member);
    }
}

/**
 * The types of the callbacks that a routing protocol's RouteInput is called with: values up to
 * ns-3.37, references to constants since.
 * @tparam Method the type of a pointer to RouteInput
 */
template <typename Method>
struct RouteInputCallbacks;

/// @copydoc RouteInputCallbacks
template <typename Protocol, typename Header, typename U, typename M, typename L, typename E>
struct RouteInputCallbacks<bool (
    Protocol::*)(Ptr<const Packet>, const Header&, Ptr<const NetDevice>, U, M, L, E)>
{
    using Unicast = U;   //!< for a packet to be forwarded
    using Multicast = M; //!< for a multicast packet to be forwarded
    using Local = L;     //!< for a packet to be delivered
    using Error = E;     //!< for a packet without a route
};

/**
 * Return ns-3's EXTENSIVE, whose enumeration has another name since ns-3.42.
 * @tparam Case TestCase
 * @tparam Duration the enumeration
 * @return the duration of a test case that CI runs, and a quick run leaves out
 */
template <class Case, class Duration>
constexpr Duration
GetExtensive(void (Case::* /* addTestCase */)(Case*, Duration))
{
    return Duration::EXTENSIVE;
}

} // namespace ns3

#endif /* NS3_RELEASE_H */
