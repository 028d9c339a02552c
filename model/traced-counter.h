/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef TRACED_COUNTER_H
#define TRACED_COUNTER_H

#include "ns3/traced-callback.h"

#include <cstdint>
#include <string>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * A counter that is a trace source, with the signature of ns3::TracedValue<uint64_t>: its sinks get
 * the count before and the count now.
 *
 * A TracedValue takes its new value when all sinks have returned. What a sink makes happen, as one
 * that sends when it is told of a packet, would not be counted.
 */
class TracedCounter
{
  public:
    /// Count one.
    void operator++()
    {
        *this += 1;
    }

    /**
     * Count more than one.
     * @param n how many
     */
    void operator+=(uint64_t n)
    {
        const auto before = m_count;
        m_count += n;
        if (!m_sinks.IsEmpty() && n != 0)
        {
            m_sinks(before, before + n);
        }
    }

    /**
     * @return the count
     */
    operator uint64_t() const
    {
        return m_count;
    }

    /**
     * @param callback a sink, called without a context
     */
    void ConnectWithoutContext(const CallbackBase& callback)
    {
        m_sinks.ConnectWithoutContext(callback);
    }

    /**
     * @param callback a sink
     * @param path the context that it is called with
     */
    void Connect(const CallbackBase& callback, const std::string& path)
    {
        m_sinks.Connect(callback, path);
    }

    /**
     * @param callback a sink that was connected without a context
     */
    void DisconnectWithoutContext(const CallbackBase& callback)
    {
        m_sinks.DisconnectWithoutContext(callback);
    }

    /**
     * @param callback a sink that was connected with a context
     * @param path the context
     */
    void Disconnect(const CallbackBase& callback, const std::string& path)
    {
        m_sinks.Disconnect(callback, path);
    }

  private:
    uint64_t m_count{0};                        //!< the count
    TracedCallback<uint64_t, uint64_t> m_sinks; //!< who is told of it
};

} // namespace ns3

#endif /* TRACED_COUNTER_H */
