/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "routed-network.h"

#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-global-routing-helper.h"
#include "ns3/ipv6-address-helper.h"
#include "ns3/ipv6-list-routing-helper.h"
#include "ns3/ipv6-static-routing-helper.h"
#include "ns3/ipv6.h"
#include "ns3/loopback-module.h"
#include "ns3/rip-helper.h"
#include "ns3/ripng-helper.h"
#include "ns3/simple-net-device-helper.h"

namespace ns3::tests
{

namespace
{

constexpr int CLIENT_NETWORK = 1;
constexpr int SERVER_NETWORK = 2;
constexpr int THIRD_NETWORK = 9; ///< that of the client's third device; the others' follow

} // namespace

std::string
NameOf(Moment moment)
{
    static const std::string names[]{"never", "before the stack", "after the stack", "last"};
    return names[static_cast<int>(moment)];
}

Routing
GetStaticRouting(IpVersion version)
{
    return {"static " + NameOf(version), version, nullptr, [version](const auto& nodes) {
                SetDefaultRoute(nodes.Get(0), ParseAddress(Pick(version, "10.1.1.2", "2001:1::2")));
                SetDefaultRoute(nodes.Get(2), ParseAddress(Pick(version, "10.1.2.1", "2001:2::1")));
            }};
}

std::vector<Routing>
GetInternetRoutings()
{
    std::vector<Routing> routings{GetStaticRouting(IpVersion::V4), GetStaticRouting(IpVersion::V6)};
    routings.push_back({"global", IpVersion::V4, nullptr, [](const NodeContainer&) {
                            Ipv4GlobalRoutingHelper::PopulateRoutingTables();
                        }});
    routings.push_back(MakeBesideStatic<RipHelper>("RIP"));
    routings.push_back(
        MakeBesideStatic<RipNgHelper, Ipv6ListRoutingHelper, Ipv6StaticRoutingHelper>(
            "RIPng",
            IpVersion::V6));
    return routings;
}

RoutedNetwork::RoutedNetwork(const Routing& routing, const NetworkOptions& options)
    : nodes(3),
      client(nodes.Get(0)),
      router(nodes.Get(1)),
      server(nodes.Get(2)),
      clientAddress(GetAddress(routing.version, CLIENT_NETWORK, 1)),
      routerAddress(GetAddress(routing.version, SERVER_NETWORK, 1)),
      serverAddress(GetAddress(routing.version, SERVER_NETWORK, 2)),
      thirdAddress(GetAddress(routing.version, THIRD_NETWORK, 1)),
      m_version(routing.version)
{
    Reach(options, Moment::BEFORE_STACK);
    InternetStackHelper internet;
    if (routing.prepare)
    {
        routing.prepare(internet);
    }
    internet.Install(nodes);
    internet.AssignStreams(nodes, 0);
    Reach(options, Moment::AFTER_STACK);
    Connect();
    AddThirdDevices(options.third);
    routing.finish(nodes);
    Reach(options, Moment::LAST);
}

Time
RoutedNetwork::GetConvergence()
{
    return Seconds(60);
}

void
RoutedNetwork::Reach(const NetworkOptions& options, Moment now)
{
    if (options.lo == now)
    {
        LoHelper().Install(nodes);
    }
    if (options.localRoutes == now)
    {
        LoHelper::RouteLocalAddresses(nodes);
    }
}

void
RoutedNetwork::Connect()
{
    SimpleNetDeviceHelper link;
    link.SetChannelAttribute("Delay", TimeValue(MilliSeconds(1)));
    Assign(link.Install(NodeContainer(client, router)), CLIENT_NETWORK);
    Assign(link.Install(NodeContainer(router, server)), SERVER_NETWORK);
}

void
RoutedNetwork::AddThirdDevices(ThirdDevice third)
{
    for (uint32_t i = 0; third != ThirdDevice::NONE && i < nodes.GetN(); ++i)
    {
        const auto node = nodes.Get(i);
        Assign(third == ThirdDevice::BLACKHOLE ? BlackholeHelper().Install(node)
                                               : SimpleNetDeviceHelper().Install(node),
               THIRD_NETWORK + static_cast<int>(i));
    }
}

void
RoutedNetwork::Assign(const NetDeviceContainer& devices, int network)
{
    for (uint32_t i = 0; i < devices.GetN(); ++i)
    {
        // Before 3.37 a simulation continues to count where the last one ended.
        const uint8_t bytes[]{0, 0, 0, 0, static_cast<uint8_t>(network), static_cast<uint8_t>(i)};
        Mac48Address address;
        address.CopyFrom(bytes);
        devices.Get(i)->SetAddress(address);
    }
    const auto number = std::to_string(network);
    if (m_version == IpVersion::V4)
    {
        Ipv4AddressHelper(("10.1." + number + ".0").c_str(), "255.255.255.0").Assign(devices);
        return;
    }
    auto interfaces = Ipv6AddressHelper().AssignWithoutAddress(devices);
    for (uint32_t i = 0; i < devices.GetN(); ++i)
    {
        // The helper would derive the address from that of the device.
        const auto address =
            Ipv6Address::ConvertFrom(GetAddress(m_version, network, static_cast<int>(i) + 1));
        devices.Get(i)->GetNode()->GetObject<Ipv6>()->AddAddress(
            interfaces.GetInterfaceIndex(i),
            Ipv6InterfaceAddress(address, Ipv6Prefix(64)));
        interfaces.SetForwarding(i, true);
    }
}

Address
RoutedNetwork::GetAddress(IpVersion version, int network, int host)
{
    const auto end = Pick(version, ".", "::") + std::to_string(host);
    return ParseAddress(Pick(version, "10.1.", "2001:") + std::to_string(network) + end);
}

} // namespace ns3::tests
