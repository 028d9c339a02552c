/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef ROUTED_NETWORK_H
#define ROUTED_NETWORK_H

#include "loopback-node.h"

#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-list-routing-helper.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/nstime.h"

#include <functional>
#include <string>
#include <vector>

namespace ns3::tests
{

/// A moment in the making of a RoutedNetwork.
enum class Moment
{
    NEVER,        //!< never
    BEFORE_STACK, //!< before the Internet stack is installed
    AFTER_STACK,  //!< after the stack, before links and addresses
    LAST,         //!< after everything else, including routes
};

/**
 * @param moment a moment
 * @return its name in a test's messages
 */
std::string NameOf(Moment moment);

/// The routing of a RoutedNetwork's nodes.
struct Routing
{
    std::string name;  //!< its name in a test's messages
    IpVersion version; //!< the IP version of its routes
    /// Configures the Internet stack's helper, before the stack is installed; null for no change.
    std::function<void(InternetStackHelper&)> prepare;
    /// Does the rest once the nodes have links and addresses.
    std::function<void(const NodeContainer&)> finish;
};

/**
 * @tparam Helper the helper of a routing protocol
 * @tparam List the list of its IP version
 * @tparam Static static routing of its IP version
 * @param name its name in a test's messages
 * @param version its IP version
 * @return that protocol beside static routing, which has the route to the loopback address
 */
template <class Helper, class List = Ipv4ListRoutingHelper, class Static = Ipv4StaticRoutingHelper>
Routing
MakeBesideStatic(const std::string& name, IpVersion version = IpVersion::V4)
{
    const auto prepare = [](InternetStackHelper& internet) {
        List list;
        list.Add(Static(), 0);
        list.Add(Helper(), 10);
        internet.SetRoutingHelper(list);
    };
    const auto finish = [](const NodeContainer& nodes) { Helper().AssignStreams(nodes, 1000); };
    return {name, version, prepare, finish};
}

/**
 * @param version an IP version
 * @return default routes that are set explicitly
 */
Routing GetStaticRouting(IpVersion version);

/// @return the protocols of ns-3's internet module: static, global, RIP and RIPng
std::vector<Routing> GetInternetRoutings();

/// A device of a RoutedNetwork's nodes beside their links.
enum class ThirdDevice
{
    NONE,      //!< no device
    ORDINARY,  //!< an ns-3 device without a peer
    BLACKHOLE, //!< a BlackholeNetDevice
};

/// This module's part in a RoutedNetwork.
struct NetworkOptions
{
    Moment lo{Moment::NEVER};                 //!< when the nodes get a LoNetDevice
    Moment localRoutes{Moment::NEVER};        //!< when RouteLocalAddresses is called
    ThirdDevice third{ThirdDevice::ORDINARY}; //!< the nodes' device beside their links
};

/**
 * A client, a router and a server in a chain of ns-3's simplest devices.
 *
 * The links are 10.1.1.0/24 and 10.1.2.0/24, or 2001:1::/64 and 2001:2::/64. Each node has a third
 * device, with an address too.
 */
class RoutedNetwork
{
  public:
    /**
     * Make the network.
     * @param routing its routing
     * @param options this module's part in it
     */
    RoutedNetwork(const Routing& routing, const NetworkOptions& options);

    /// @return the time when all protocols have found their routes, and traffic can start
    static Time GetConvergence();

    const NodeContainer nodes;   //!< client, router, server
    const Ptr<Node> client;      //!< the client
    const Ptr<Node> router;      //!< the router
    const Ptr<Node> server;      //!< the server
    const Address clientAddress; //!< the client's address on its link
    const Address routerAddress; //!< the router's address on the server's link
    const Address serverAddress; //!< the server's address on its link
    const Address thirdAddress;  //!< the address of the client's third device

  private:
    /**
     * Do what the options ask for at a moment.
     * @param options this module's part in the network
     * @param now the moment
     */
    void Reach(const NetworkOptions& options, Moment now);
    /// Give the nodes their links.
    void Connect();
    /**
     * Give the nodes their third device.
     * @param third its kind
     */
    void AddThirdDevices(ThirdDevice third);
    /**
     * Assign addresses of a network to devices.
     * @param devices the devices
     * @param network number of the network
     */
    void Assign(const NetDeviceContainer& devices, int network);
    /**
     * @param version the IP version
     * @param network number of the network
     * @param host number of the host
     * @return the address of a host
     */
    static Address GetAddress(IpVersion version, int network, int host);

    const IpVersion m_version; //!< the IP version
};

class Suite;

/**
 * Add the tests of this module's devices and routes beside a routing protocol, which
 * lo-routing-test-suite.cc has.
 * @param suite the suite
 * @param routing the routing protocol
 */
void AddRoutingTests(Suite& suite, const Routing& routing);

/**
 * Add only the test of blackhole routes, which AddRoutingTests includes.
 * @param suite the suite
 * @param routing the routing protocol
 */
void AddBlackholeRouteTest(Suite& suite, const Routing& routing);

} // namespace ns3::tests

#endif /* ROUTED_NETWORK_H */
