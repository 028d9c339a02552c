/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PCAP_DATA_LINK_H
#define PCAP_DATA_LINK_H

#include "pseudo-net-device-helper.h"

#include "ns3/callback.h"
#include "ns3/packet.h"
#include "ns3/ptr.h"

#include <string>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * Make a capture file, and the sink that writes Ethernet frames to it in the words of a link type.
 * The program ends with a message if the file can not be written.
 *
 * A packet is written whole, as tcpdump does, unless ns3::PcapFileWrapper::CaptureSize has been set
 * to less than its default. The link types without an EtherType leave out what is not IP.
 *
 * @param filename name of the file
 * @param dataLink the link type
 * @return the sink, for a Sniffer or PromiscSniffer trace source
 */
Callback<void, Ptr<const Packet>> MakePcapSink(const std::string& filename,
                                               PseudoNetDeviceHelper::PcapDataLink dataLink);

} // namespace ns3

#endif /* PCAP_DATA_LINK_H */
