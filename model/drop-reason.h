/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef DROP_REASON_H
#define DROP_REASON_H

#include <cstdint>
#include <iosfwd>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * The reasons for which a device drops a packet, as its Drop trace source reports them.
 *
 * Where Linux has the reason, the name is that of enum skb_drop_reason without its prefix
 * (include/net/dropreason-core.h), as `perf trace -e skb:kfree_skb` and `dropwatch` show it.
 */
enum class DropReason : uint8_t
{
    DEV_READY,       //!< the device was down
    DEV_HDR,         //!< no Ethernet header can be made: an address is not a Mac48Address
    PKT_TOO_BIG,     //!< more layer-3 bytes than the device's MTU
    QDISC_DROP,      //!< a root queue disc dropped it
    CPU_BACKLOG,     //!< MaxBacklog packets were waiting already
    UNHANDLED_PROTO, //!< no protocol handler of the node took it
    OTHERHOST,       //!< it was addressed to neither this device, a group, nor everybody
    RX_ERROR,        //!< the receive error model corrupted it; Linux has no such reason
    BLACKHOLE,       //!< a BlackholeNetDevice discarded it; Linux has no such reason
};

/**
 * Print the name of a reason, such as `CPU_BACKLOG`.
 * @param os the stream to print to
 * @param reason the reason
 * @return the stream
 */
std::ostream& operator<<(std::ostream& os, DropReason reason);

} // namespace ns3

#endif /* DROP_REASON_H */
