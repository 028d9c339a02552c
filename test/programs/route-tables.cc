/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "../../model/ip-family.h"
#include "../node-routes.h"

#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/loopback-module.h"
#include "ns3/network-module.h"

#include <iostream>
#include <set>
#include <string>

using namespace ns3;

namespace
{

constexpr int ROUTES{24};
constexpr int DESTINATIONS{120};

/// A node with a link of random addresses, and random blackhole routes.
template <class Family>
class Tables
{
    using Address = typename Family::Address;

  public:
    explicit Tables(int64_t seed)
    {
        m_random->SetStream(seed);
        LoHelper().Install(m_node);
        InternetStackHelper().Install(m_node);
        LoHelper::RouteLocalAddresses(m_node);
        const auto link = SimpleNetDeviceHelper().Install(m_node).Get(0);
        const auto ipv4 = m_node->GetObject<Ipv4>();
        m_interface = ipv4->AddInterface(link);
        ipv4->SetUp(m_interface);
        const auto ipv6 = m_node->GetObject<Ipv6>();
        const auto interface = ipv6->AddInterface(link);
        ipv6->SetUp(interface);
    }

    /// Print addresses and routes as arguments of `ip`, and the decisions on packets.
    void Print()
    {
        for (int i = 0; i < ROUTES; ++i)
        {
            const auto address = Draw();
            const auto length = static_cast<uint8_t>(m_random->GetInteger(1, Family::BITS));
            i % 4 == 0 ? AddAddress(address, length) : AddRoute(address, length);
        }
        for (int i = 0; i < DESTINATIONS; ++i)
        {
            const auto destination = Draw();
            std::cout << "get " << destination << ' ' << tests::DecideOutput(m_node, destination)
                      << '\n';
        }
    }

  private:
    /// @return an address with a few random bits
    Address Draw()
    {
        const auto bits = [this] { return m_random->GetInteger(0, 3); };
        if constexpr (std::is_same_v<Address, Ipv4Address>)
        {
            return Address(0x0a000000 | (bits() << 22) | (bits() << 15) | (bits() << 7) | bits());
        }
        else
        {
            uint8_t bytes[16]{0x20};
            bytes[4] = static_cast<uint8_t>(bits() << 6);
            bytes[8] = static_cast<uint8_t>(bits() << 3);
            bytes[15] = static_cast<uint8_t>(bits() + 1);
            return Address(bytes);
        }
    }

    /// Add an address to the link, and for Linux a route to its network, of a higher metric.
    void AddAddress(Address address, uint8_t length)
    {
        if (!m_added.insert(address).second)
        {
            return;
        }
        m_node->GetObject<typename Family::Ip>()->AddAddress(m_interface,
                                                             {address, Family::MakeMask(length)});
        std::cout << "address add " << address << "/" << +length << " dev owner noprefixroute\n";
        const auto network = Family::GetNetwork(address, Family::MakeMask(length));
        if (m_networks.insert({network, length}).second)
        {
            std::cout << "route add " << network << "/" << +length << " dev owner metric 9\n";
        }
    }

    /// Add a blackhole route. Linux prefers it to one of equal prefix length for its lower metric.
    void AddRoute(Address address, uint8_t length)
    {
        const auto network = Family::GetNetwork(address, Family::MakeMask(length));
        if (m_blackholes.insert({network, length}).second)
        {
            BlackholeHelper().AddRoute(m_node, network, Family::MakeMask(length));
            std::cout << "route add blackhole " << network << "/" << +length << " metric 1\n";
        }
    }

    Ptr<UniformRandomVariable> m_random{CreateObject<UniformRandomVariable>()};
    Ptr<Node> m_node{CreateObject<Node>()};
    uint32_t m_interface{0};
    std::set<Address> m_added;                          ///< addresses of the link
    std::set<std::pair<Address, uint8_t>> m_networks;   ///< their networks
    std::set<std::pair<Address, uint8_t>> m_blackholes; ///< networks of blackhole routes
};

} // namespace

/// Usage: route-tables 4|6 SEED
int
main(int argc, char* argv[])
{
    NS_ABORT_MSG_UNLESS(argc == 3, "usage: route-tables 4|6 SEED");
    const auto seed = std::stoll(argv[2]);
    if (std::string(argv[1]) == "4")
    {
        Tables<Ipv4Family>(seed).Print();
    }
    else
    {
        Tables<Ipv6Family>(seed).Print();
    }
    Simulator::Destroy();
    return 0;
}
