/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PCAPNG_HELPER_H
#define PCAPNG_HELPER_H

#include "ns3/node-container.h"

#include <string>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * Captures the packets of this module's devices in one file, dropped packets included.
 *
 * Wireshark and tshark read pcapng. LinkHelper::EnablePcap writes the older pcap, a file per
 * device, without the dropped packets.
 */
class PcapngHelper
{
  public:
    /**
     * Capture all that happens on the devices of some nodes, until Simulator::Destroy.
     *
     * Each LoNetDevice and BlackholeNetDevice is an interface. It has the name that LinkStatsHelper
     * prints, and its description is the node's. Devices that are installed later are not captured.
     * At the end of the file each has an interface statistics block with what GetStats returns: all
     * counters are in its comment, isb_ifrecv is rxPackets, and isb_ifdrop is rxDropped plus
     * txDropped.
     *
     * Each packet is there once, whole, with the simulated time in nanoseconds and a direction. A
     * packet that lo delivers is inbound.
     *
     * A dropped packet has a comment, such as `PKT_TOO_BIG: dropped by lo of node 3`, or
     * `QDISC_DROP, Overlimit drop: dropped by lo of node 3` with the root queue disc's own reason.
     * It is outbound if the device refused to send it, and inbound if it was dropped on its way up.
     * Every packet that a BlackholeNetDevice takes is dropped, and outbound. A packet that no
     * protocol handler took (UNHANDLED_PROTO) is there twice: delivered, then dropped. On lo the
     * EtherType of a dropped packet is derived from the IP version; that of others is 0xffff.
     *
     * Each packet is in the file as soon as it was simulated, so that a program can read along
     * through a named pipe. The file `-` is standard output, to which the program must not print
     * anything else then: `PROGRAM | wireshark -k -i -`.
     *
     * Aborts if the file cannot be written (also later, when the disk gets full), if it is being
     * written already, if a node is there twice, or if no node has a device of this module.
     * @param filename name of the file
     * @param nodes the nodes
     */
    static void EnablePcapng(const std::string& filename, const NodeContainer& nodes);
};

} // namespace ns3

#endif /* PCAPNG_HELPER_H */
