/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef TO_CALLBACK_H
#define TO_CALLBACK_H

#include "ns3/callback.h"
#include "ns3/node.h"
#include "ns3/ptr.h"
#include "ns3/simple-ref-count.h"

#include <functional>
#include <utility>

namespace ns3
{

/// A function object that ns-3's callbacks can hold.
template <class R, class... Ts>
class HeldFunction : public SimpleRefCount<HeldFunction<R, Ts...>>
{
  public:
    explicit HeldFunction(std::function<R(Ts...)> function)
        : m_function(std::move(function))
    {
    }

    R Call(Ts... args)
    {
        return m_function(args...);
    }

  private:
    const std::function<R(Ts...)> m_function; //!< the function object
};

/// @copydoc ToCallback
template <class R, class... Ts>
auto
HoldFunction(std::function<R(Ts...)> function)
{
    using Held = HeldFunction<R, Ts...>;
    return MakeCallback(&Held::Call, Create<Held>(std::move(function)));
}

/**
 * Return a callback that calls a function object, as Callback's constructor does since ns-3.37.
 * @param function the function object, whose arguments are no templates
 * @return the callback
 */
template <class Function>
auto
ToCallback(Function function)
{
    return HoldFunction(std::function(std::move(function)));
}

/**
 * Return a protocol handler that calls a function.
 * @param function takes the device that received and the packet
 * @return the handler
 */
inline Node::ProtocolHandler
ToHandler(const std::function<void(Ptr<NetDevice>, Ptr<const Packet>)>& function)
{
    return ToCallback([function](Ptr<NetDevice> device,
                                 Ptr<const Packet> packet,
                                 uint16_t,
                                 const Address&,
                                 const Address&,
                                 NetDevice::PacketType) { function(device, packet); });
}

} // namespace ns3

#endif /* TO_CALLBACK_H */
