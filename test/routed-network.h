/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef ROUTED_NETWORK_H
#define ROUTED_NETWORK_H

#include "loopback-node.h"

#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-routing-helper.h"
#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/nstime.h"

#include <functional>
#include <string>
#include <vector>

namespace ns3::tests
{

/// When something is done to a RoutedNetwork.
enum class Moment
{
    NEVER,        //!< not at all
    BEFORE_STACK, //!< before the Internet stack is installed
    AFTER_STACK,  //!< after that, before there are links and addresses
    LAST,         //!< after all else, the routes among it
};

/**
 * @param moment a moment
 * @return its name in a test's messages
 */
std::string NameOf(Moment moment);

/**
 * Have nodes use static routing, which has the route to 127.0.0.1, and another protocol, which has
 * none.
 * @param internet installs the Internet stack
 * @param protocol the other one
 */
void UseBesideStatic(InternetStackHelper& internet, const Ipv4RoutingHelper& protocol);

/// How the nodes of a RoutedNetwork come to know their routes.
struct Routing
{
    std::string name;  //!< its name in a test's messages
    IpVersion version; //!< whose routes
    /// Tells the Internet stack's helper, before the stack is installed.
    std::function<void(InternetStackHelper&)> prepare;
    /// Does the rest when the nodes have their links and addresses.
    std::function<void(const NodeContainer&)> finish;
};

/**
 * @tparam Helper the helper of an IPv4 routing protocol
 * @param name its name in a test's messages
 * @return that protocol beside static routing
 */
template <class Helper>
Routing
MakeBesideStatic(const std::string& name)
{
    return {name,
            IpVersion::V4,
            [](InternetStackHelper& internet) { UseBesideStatic(internet, Helper()); },
            [](const NodeContainer& /* nodes */) {}};
}

/// @return routes to the neighbours set by hand, IPv4 and IPv6
std::vector<Routing> GetStaticRoutings();

/// @return those that ns-3's internet module has: static, global, RIP and RIPng
std::vector<Routing> GetInternetRoutings();

/// What a node of a RoutedNetwork has besides its links.
enum class ThirdDevice
{
    NONE,      //!< nothing
    ORDINARY,  //!< an ns-3 device without a peer
    BLACKHOLE, //!< a BlackholeNetDevice
};

/// What of this module a RoutedNetwork has.
struct NetworkOptions
{
    Moment lo{Moment::NEVER};                 //!< when the nodes get a LoNetDevice
    Moment localRoutes{Moment::NEVER};        //!< when RouteLocalAddresses is called
    ThirdDevice third{ThirdDevice::ORDINARY}; //!< what the nodes have besides their links
};

/**
 * A client, a router and a server in a chain, 10.1.1.0/24 and 10.1.2.0/24 or 2001:1::/64 and
 * 2001:2::/64, of ns-3's simplest devices, each with a third device that has an address too.
 */
class RoutedNetwork
{
  public:
    /**
     * Make the network.
     * @param routing its routing
     * @param options what of this module it has
     */
    RoutedNetwork(const Routing& routing, const NetworkOptions& options);

    /// @return when all protocols have found their routes, and traffic can start
    static Time GetConvergence();

  private:
    const IpVersion m_version; //!< the IP version

  public:
    const NodeContainer nodes;   //!< client, router, server
    const Ptr<Node> client;      //!< the client
    const Ptr<Node> router;      //!< the router
    const Ptr<Node> server;      //!< the server
    const Address clientAddress; //!< the client's on its link
    const Address routerAddress; //!< the router's on the server's link
    const Address serverAddress; //!< the server's on its link
    const Address thirdAddress;  //!< that of the client's third device

  private:
    /**
     * Do what must be done at a moment.
     * @param options what of this module the network has
     * @param now the moment
     */
    void Reach(const NetworkOptions& options, Moment now);
    /// Give the nodes their links.
    void Connect();
    /**
     * Give the nodes their third device.
     * @param third which
     */
    void AddThirdDevices(ThirdDevice third);
    /**
     * Give devices addresses of a network.
     * @param devices the devices
     * @param network number of the network
     */
    void Assign(const NetDeviceContainer& devices, int network);
    /**
     * @param network number of the network
     * @param host number of the host
     * @return the address of a host
     */
    Address GetAddress(int network, int host) const;
};

} // namespace ns3::tests

#endif /* ROUTED_NETWORK_H */
