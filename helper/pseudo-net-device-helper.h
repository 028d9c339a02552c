/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef PSEUDO_NET_DEVICE_HELPER_H
#define PSEUDO_NET_DEVICE_HELPER_H

#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/object-factory.h"
#include "ns3/trace-helper.h"

#include <cstdint>
#include <map>
#include <string>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * What LoHelper and BlackholeHelper have in common: installing, and tracing to pcap and ascii
 * files with the EnablePcap and EnableAscii methods that every ns-3 device helper has.
 *
 * In an ascii trace `+` and `-` are a packet that the device took (it has no transmit queue, so
 * both come at once), `r` one that it handed up, and `d` one that it dropped.
 */
class PseudoNetDeviceHelper : public PcapHelperForDevice, public AsciiTraceHelperForDevice
{
  public:
    /// The link type of captures.
    enum PcapDataLink : uint32_t
    {
        ETHERNET,      //!< LINKTYPE_ETHERNET, as tcpdump writes on Linux's lo
        NULL_LOOPBACK, //!< LINKTYPE_NULL, as on a BSD's lo0: IP packets only
        RAW_IP,        //!< LINKTYPE_RAW, without a link-layer header: IP packets only
    };

    ~PseudoNetDeviceHelper() override;

    /**
     * Set an attribute of the devices that are installed from now on. The program ends with a
     * message if there is no such attribute or it can not have that value.
     * @param name name of the attribute
     * @param value its value
     */
    void SetDeviceAttribute(const std::string& name, const AttributeValue& value);

    /**
     * Set the link type of the captures that are enabled from now on.
     * @param dataLink the link type; ETHERNET if this is never called
     */
    void SetPcapDataLink(PcapDataLink dataLink);

    /**
     * Put a device on a node.
     * @param node the node
     * @return the device
     */
    NetDeviceContainer Install(Ptr<Node> node) const;

    /**
     * Put a device on each of the nodes.
     * @param nodes the nodes
     * @return the devices, in the order of the nodes
     */
    NetDeviceContainer Install(const NodeContainer& nodes) const;

    /**
     * Put a device on a node. The program ends with a message if there is no node of that name.
     * @param nodeName the node's name in ns3::Names
     * @return the device
     */
    NetDeviceContainer Install(const std::string& nodeName) const;

  protected:
    /**
     * @param deviceType name of the TypeId of the devices that this helper installs and traces
     */
    explicit PseudoNetDeviceHelper(const std::string& deviceType);

    /// @return a device as Install makes it, on no node
    Ptr<NetDevice> CreateDevice() const;

    /**
     * Add a device to a node, or end the program with a message if the node can not have it.
     * @param node the node
     * @param device the device
     */
    virtual void AddDevice(Ptr<Node> node, Ptr<NetDevice> device) const;

    /**
     * @param device a device of the kind that this helper installs
     * @return whether it has the values that SetDeviceAttribute was given
     */
    bool HasOurAttributes(Ptr<NetDevice> device) const;

    /**
     * @param node a node
     * @return how a message names it
     */
    static std::string Describe(Ptr<Node> node);

  private:
    /**
     * Capture what a device sends and receives. A device of another kind, which the EnablePcapAll
     * methods also bring, is passed over, as in every ns-3 device helper.
     * @param prefix what the name of the file begins with
     * @param nd the device
     * @param promiscuous whether frames for other hosts are captured too
     * @param explicitFilename whether the prefix is the whole name
     */
    void EnablePcapInternal(std::string prefix,
                            Ptr<NetDevice> nd,
                            bool promiscuous,
                            bool explicitFilename) override;

    /**
     * Write an ascii trace of a device, unless it is of another kind, as above.
     * @param stream where to write it, or null for a file of its own
     * @param prefix what the name of that file begins with
     * @param nd the device
     * @param explicitFilename whether the prefix is the whole name
     */
    void EnableAsciiInternal(Ptr<OutputStreamWrapper> stream,
                             std::string prefix,
                             Ptr<NetDevice> nd,
                             bool explicitFilename) override;

    /**
     * @param device a device; the program ends with a message if it is null or on no node
     * @return whether this helper traces it
     */
    bool IsOurs(Ptr<NetDevice> device) const;

    ObjectFactory m_deviceFactory;                           //!< makes the devices
    std::map<std::string, Ptr<AttributeValue>> m_attributes; //!< what SetDeviceAttribute was given
    PcapDataLink m_dataLink{ETHERNET};                       //!< link type of captures
};

} // namespace ns3

#endif /* PSEUDO_NET_DEVICE_HELPER_H */
