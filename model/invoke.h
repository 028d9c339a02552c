/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef INVOKE_H
#define INVOKE_H

#include "ns3/callback.h"
#include "ns3/ptr.h"

#include <utility>

namespace ns3
{

/**
 * @ingroup loopback
 * Call a callback that is not null. It may be replaced or nullified by what it calls: what was
 * called lasts until it returns.
 *
 * It is the function in the callback that is called. On their way through Callback and CallbackImpl
 * the arguments would be copied twice more, and to copy a Ptr costs as much as to count a packet.
 *
 * @tparam R what the callback returns
 * @tparam Args what it is called with
 * @param callback the callback
 * @param args what to call it with
 * @return what it returns
 */
template <typename R, typename... Args, typename... Given>
R
Invoke(const Callback<R, Args...>& callback, Given&&... args)
{
    const auto impl = callback.GetImpl();
    const auto typed = static_cast<const CallbackImpl<R, Args...>*>(PeekPointer(impl));
    return typed->GetFunction()(std::forward<Given>(args)...);
}

} // namespace ns3

#endif /* INVOKE_H */
