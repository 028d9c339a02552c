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
 * A helper that captures a whole simulation in one pcapng file, dropped packets included.
 *
 * Wireshark and tshark read pcapng. LinkHelper::EnablePcap writes the older pcap, a file per
 * device, without the dropped packets.
 */
class PcapngHelper
{
  public:
    /**
     * Capture the packets of this module's devices on some nodes, until Simulator::Destroy.
     *
     * Each device is an interface, with the name that LinkStatsHelper prints and the node's name as
     * its description. Devices that are installed later are not captured. At the end of the file
     * each interface has a statistics block with what GetStats returns. Its comment has all
     * counters, isb_ifrecv is rxPackets, and isb_ifdrop is rxDropped plus txDropped.
     *
     * Each packet is there once, whole, with the simulated time in nanoseconds and a direction. A
     * packet that lo delivers is inbound.
     *
     * A dropped packet has a comment, such as `PKT_TOO_BIG: dropped by lo of node 3`. That of a
     * root queue disc adds its own reason: `QDISC_DROP, Overlimit drop: dropped by lo of node 3`.
     * It is outbound if the device refused to send it, and inbound if it was dropped on its way up.
     * Every packet that a BlackholeNetDevice takes is dropped, and outbound. A packet that no
     * protocol handler took (UNHANDLED_PROTO) is there twice: delivered, then dropped. On lo the
     * EtherType of a dropped packet is derived from the IP version, and 0xffff without one.
     *
     * A named pipe gets each packet at once, so that other programs can read it while the
     * simulation runs. So does standard output, which is the file `-`; the program must print
     * nothing else there: `PROGRAM | wireshark -k -i -`. An ordinary file is complete after
     * Simulator::Destroy, or when ns-3 aborts.
     *
     * Aborts if the file cannot be written (also later, when the disk gets full) or is being
     * written already. Aborts if a node is there twice, or if no node has a device of this module.
     * @param filename name of the file
     * @param nodes the nodes
     */
    static void EnablePcapng(const std::string& filename, const NodeContainer& nodes);
};

} // namespace ns3

#endif /* PCAPNG_HELPER_H */
