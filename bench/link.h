/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LINK_H
#define LINK_H

#include "ns3/attribute.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/ptr.h"

#include <functional>
#include <string>

namespace ns3
{

/// Two ends of a link, which are one device on a loopback, each on a node without a stack.
struct Link
{
    Ptr<NetDevice> sender;   //!< the device that is sent through
    Ptr<NetDevice> receiver; //!< the device whose receive callback is called
    Time gap;                //!< what the link needs for 64 packets, of simulated time
    bool takesPacket{false}; //!< whether the device writes into the packet that it sends
    bool delivers{true};     //!< whether what is sent is delivered
};

/// Makes a link whose devices nobody uses yet.
using LinkMaker = std::function<Link()>;

/**
 * @param delivery the Delivery
 * @return a link of this module's LoNetDevice
 */
LinkMaker MakeLo(const std::string& delivery);

/**
 * @param attribute an attribute of LinkImpairment; empty to set none, so that nothing is impaired
 * @param value its value
 * @return a link of a LoNetDevice, its Delivery Immediate, that is impaired
 */
LinkMaker MakeImpairedLo(const std::string& attribute, const AttributeValue& value);

/// @return a link of ns-3's own LoopbackNetDevice
Link MakeLoopback();

/// @return a link of this module's BlackholeNetDevice
Link MakeBlackhole();

/// @return a link of two of ns-3's SimpleNetDevices, without delay and of unlimited rate
Link MakeSimple();

/// @return a link of ns-3's PointToPointHelper, fast and without delay
Link MakePointToPoint();

/// @return a link of ns-3's CsmaHelper, fast and without delay
Link MakeCsma();

} // namespace ns3

#endif /* LINK_H */
