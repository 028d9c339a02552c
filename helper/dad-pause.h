/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef DAD_PAUSE_H
#define DAD_PAUSE_H

#include "ns3/boolean.h"
#include "ns3/icmpv6-l4-protocol.h"

namespace ns3
{

/// Has ns-3 look for no duplicates of addresses while it exists, which it does of ::1 as of any
/// other.
class DadPause
{
  public:
    /**
     * @param icmpv6 the node's ICMPv6, or null
     */
    explicit DadPause(Ptr<Icmpv6L4Protocol> icmpv6)
        : m_icmpv6(icmpv6)
    {
        if (m_icmpv6)
        {
            m_icmpv6->GetAttribute("DAD", m_dad);
            m_icmpv6->SetAttribute("DAD", BooleanValue(false));
        }
    }

    ~DadPause()
    {
        if (m_icmpv6)
        {
            m_icmpv6->SetAttribute("DAD", m_dad);
        }
    }

    DadPause(const DadPause&) = delete;
    DadPause& operator=(const DadPause&) = delete;

  private:
    Ptr<Icmpv6L4Protocol> m_icmpv6; //!< the node's ICMPv6, or null
    BooleanValue m_dad;             //!< what its attribute DAD was
};

} // namespace ns3

#endif /* DAD_PAUSE_H */
