/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef NS3_RELEASE_H
#define NS3_RELEASE_H

#include "ns3/callback.h"
#include "ns3/enum.h"
#include "ns3/make-event.h"
#include "ns3/net-device.h"
#include "ns3/packet.h"
#include "ns3/simple-ref-count.h"

#include <functional>
#include <tuple>
#include <type_traits>
#include <utility>

/**
 * @file
 * @ingroup loopback
 * What differs between the ns-3 releases that this module compiles on, 3.31 to 3.49, and nothing
 * else. Not installed.
 *
 * What headers declare tells the release, never whether a header exists: beside an ns-3 tree
 * another release may be installed, whose headers are found too.
 */

namespace ns3
{

/// Call the first of two functions that takes the arguments.
/// @param newer uses the names of newer releases, also in its declared return type
/// @param older uses those of older ones
/// @param args the arguments
/// @return what the function returns
template <class Newer, class Older, class... Args>
auto
CallNewer(Newer newer, Older older, Args&... args)
{
    constexpr auto which = std::is_invocable<Newer, Args&...>::value ? 0 : 1;
    return std::get<which>(std::tuple(newer, older))(args...);
}

/// Return the accessor of an enumeration, which is named since 3.41.
/// @param member the attribute's member variable
/// @return the accessor
template <class Enum, class Member>
auto
MakeAccessorOfEnum(Member member)
{
    return CallNewer(
        [](auto m) -> decltype(MakeEnumAccessor<Enum>(m)) { return MakeEnumAccessor<Enum>(m); },
        [](auto m) { return MakeEnumAccessor(m); },
        member);
}

/// Return an event that calls a function object. Since 3.37 ns-3's own, the better match, does.
/// Simulator::Schedule finds this one if it is declared before simulator.h.
/// @param function the function object
/// @return the event
template <class Function, class... None>
std::enable_if_t<std::is_class_v<Function> && sizeof...(None) == 0, EventImpl*>
MakeEvent(Function function, None... /* none */)
{
    void (*call)(Function) = [](Function f) { f(); };
    return MakeEvent(call, function);
}

/// Return a callback that calls a function object, as Callback's constructor does since 3.37.
/// @param function the function object, not a generic lambda
/// @return the callback
template <class Function>
auto
ToCallback(Function function)
{
    using Base = decltype(std::function(function));

    // MakeCallback takes only what a Ptr can hold.
    struct Held : public SimpleRefCount<Held>, public Base
    {
        explicit Held(const Base& base)
            : Base(base)
        {
        }
    };

    return MakeCallback(&Held::operator(), Create<Held>(function));
}

/// Return the source and destination of an IP header, which 3.35 renamed in Ipv6Header.
/// @param header the header
/// @return the addresses
template <class Header>
auto
GetAddresses(const Header& header)
{
    return CallNewer(
        [](auto& h) -> std::pair<decltype(h.GetSource()), decltype(h.GetDestination())> {
            return {h.GetSource(), h.GetDestination()};
        },
        [](auto& h) { return std::pair(h.GetSourceAddress(), h.GetDestinationAddress()); },
        header);
}

/// Set what GetAddresses returns.
/// @param header the header
/// @param source the source
/// @param destination the destination
template <class Header, class Address>
void
SetAddresses(Header& header, Address source, Address destination)
{
    CallNewer(
        [&](auto& h)
            -> std::void_t<decltype(h.SetSource(source)), decltype(h.SetDestination(destination))> {
            h.SetSource(source), h.SetDestination(destination);
        },
        [&](auto& h) { h.SetSourceAddress(source), h.SetDestinationAddress(destination); },
        header);
}

/// Calculate the checksum of an ICMPv6 message's pseudo header, without a protocol since 3.49.
/// @param icmp the header
/// @param args the addresses and the length
template <class Icmp, class... Args>
void
CalculateChecksum(Icmp& icmp, Args... args)
{
    CallNewer(
        [&](auto& i) -> std::void_t<decltype(i.CalculatePseudoHeaderChecksum(args...))> {
            i.CalculatePseudoHeaderChecksum(args...);
        },
        [&](auto& i) { i.CalculatePseudoHeaderChecksum(args..., 58); },
        icmp);
}

/// A queue that says where its packets begin and end, which 3.37 renamed.
template <class Base>
struct QueueWithEnds : public Base
{
    /// @return the positions of the first packet and after the last
    auto GetEnds() const
    {
        return CallNewer(
            [](auto& q)
                -> std::pair<decltype(q.GetContainer().begin()), decltype(q.GetContainer().end())> {
                return {q.GetContainer().begin(), q.GetContainer().end()};
            },
            [](auto& q) { return std::pair(q.begin(), q.end()); },
            *this);
    }
};

/// Give the types of RouteInput's callbacks, which are references to constants since 3.38. Only
/// declared, for decltype.
/// @return a tuple of these types
template <class Protocol, class Header, class... Callbacks>
std::tuple<Callbacks...> GetCallbacks(
    bool (Protocol::*)(Ptr<const Packet>, const Header&, Ptr<const NetDevice>, Callbacks...));

/// Return the duration of a test case that a quick run leaves out. 3.42 renamed the enumeration.
/// @return the duration, of the type that AddTestCase takes
template <class Case, class Duration>
constexpr Duration
GetExtensive(void (Case::* /* addTestCase */)(Case*, Duration))
{
    return Duration::EXTENSIVE;
}

} // namespace ns3

#endif /* NS3_RELEASE_H */
