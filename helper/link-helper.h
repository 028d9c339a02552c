/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef LINK_HELPER_H
#define LINK_HELPER_H

#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/node.h"
#include "ns3/object-factory.h"
#include "ns3/trace-helper.h"

#include <cstdint>
#include <string>

namespace ns3
{

/**
 * @ingroup loopback
 *
 * A helper that installs, captures and traces devices: the base of LoHelper and BlackholeHelper.
 *
 * Captures and ascii traces are enabled by the EnablePcap and EnableAscii methods that every ns-3
 * device helper has. Simulator::Destroy closes captures. The program aborts if a file cannot be
 * written, also when the disk gets full later. It aborts if two captures or traces have the same
 * file name.
 *
 * A capture holds packets whole, unless ns3::PcapFileWrapper::CaptureSize is less than its default.
 *
 * In an ascii trace `+` and `-` are a packet that the device accepted. Both come at once, because
 * there is no transmit queue. `r` is a packet that the device handed up, `d` one that it dropped.
 */
class LinkHelper : public PcapHelperForDevice, public AsciiTraceHelperForDevice
{
  public:
    /// The link type of captures, by libpcap's number.
    enum PcapDataLink : uint32_t
    {
        ETHERNET = 1,      //!< LINKTYPE_ETHERNET, as tcpdump writes on Linux's lo
        NULL_LOOPBACK = 0, //!< LINKTYPE_NULL, as on a BSD's lo0: IP packets only
        RAW_IP = 101,      //!< LINKTYPE_RAW, without a link-layer header: IP packets only
    };

    /**
     * Set an attribute of the devices that are installed from now on. Aborts if there is no such
     * attribute or if it cannot have that value.
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
     * Install a device on each of the nodes.
     * @param nodes the nodes, or a Ptr<Node>
     * @return the devices, in the order of the nodes
     */
    NetDeviceContainer Install(const NodeContainer& nodes) const;

    /**
     * Install a device on a node. Aborts if no node has that name.
     * @param nodeName the node's name in ns3::Names
     * @return the device
     */
    NetDeviceContainer Install(const std::string& nodeName) const;

  protected:
    /**
     * Constructor.
     * @param deviceType name of the TypeId of the devices that this helper installs and traces
     */
    explicit LinkHelper(const std::string& deviceType);

    /**
     * Add a device to a node. Aborts if the node cannot have it.
     * @param node the node
     * @param device the device
     */
    virtual void AddDevice(Ptr<Node> node, Ptr<NetDevice> device) const = 0;

    /**
     * Find a node's first device of a class.
     * @tparam Device the class
     * @param node the node
     * @return the device, or null if there is none
     */
    template <class Device>
    static Ptr<Device> FindDevice(Ptr<Node> node)
    {
        for (uint32_t i = 0; i < node->GetNDevices(); ++i)
        {
            if (auto device = DynamicCast<Device>(node->GetDevice(i)))
            {
                return device;
            }
        }
        return nullptr;
    }

  private:
    void EnablePcapInternal(std::string prefix,
                            Ptr<NetDevice> nd,
                            bool promiscuous,
                            bool explicitFilename) override;
    void EnableAsciiInternal(Ptr<OutputStreamWrapper> stream,
                             std::string prefix,
                             Ptr<NetDevice> nd,
                             bool explicitFilename) override;

    /**
     * Return whether this helper traces a device. The Enable...All methods also pass devices of
     * other types. Aborts if there is no device or if it is on no node.
     * @param device a device
     * @return true if it is of this helper's type
     */
    bool IsOurs(Ptr<NetDevice> device) const;

    ObjectFactory m_deviceFactory;     //!< creates the devices
    PcapDataLink m_dataLink{ETHERNET}; //!< link type of captures
};

} // namespace ns3

#endif /* LINK_HELPER_H */
