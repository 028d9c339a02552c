/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "member-test-case.h"
#include "watched-lo.h"

#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4.h"
#include "ns3/ipv6.h"
#include "ns3/lo-helper.h"
#include "ns3/node-container.h"
#include "ns3/simulator.h"

using namespace ns3;
using namespace ns3::tests;

namespace
{

/// An Internet stack that adopts a lo, which was there before it.
class StackTestCase : public TestCase
{
  public:
    using TestCase::TestCase;

    /// Install a stack of IPv4, of IPv6 or of both.
    void Adopt(bool isIpv4, bool isIpv6)
    {
        NodeContainer node(1);
        const auto lo = LoHelper().Install(node).Get(0);
        InternetStackHelper internet;
        internet.SetIpv4StackInstall(isIpv4);
        internet.SetIpv6StackInstall(isIpv6);
        internet.Install(node);
        NS_TEST_EXPECT_MSG_EQ(node.Get(0)->GetNDevices(), 1, "no second loopback is made");
        if (isIpv4)
        {
            ExpectAdopted(node.Get(0)->GetObject<Ipv4>(), Ipv4Address::GetLoopback(), lo);
        }
        if (isIpv6)
        {
            ExpectAdopted(node.Get(0)->GetObject<Ipv6>(), Ipv6Address::GetLoopback(), lo);
        }
        Simulator::Run();
        NS_TEST_EXPECT_MSG_EQ(ToText(DynamicCast<LoNetDevice>(lo)->GetStats()),
                              "",
                              "nothing is sent over lo without being asked for");
    }

  private:
    /// Expect a stack to have lo as interface 0.
    template <class Ip, class IpAddress>
    void ExpectAdopted(Ptr<Ip> ip, IpAddress loopback, Ptr<NetDevice> lo)
    {
        NS_TEST_ASSERT_MSG_EQ(ip->GetInterfaceForAddress(loopback), 0, "there is " << loopback);
        NS_TEST_EXPECT_MSG_EQ(ip->GetNetDevice(0), lo, loopback << " is lo's");
        NS_TEST_EXPECT_MSG_EQ(ip->IsUp(0), true, "and up");
        NS_TEST_EXPECT_MSG_EQ(ip->GetMtu(0), 65535, "with lo's MTU");
    }
};

/// A lo from before the Internet stack.
const Suite g_suite("lo-stack", TestSuite::Type::SYSTEM, [](Suite& suite) {
    using Case = StackTestCase;
    suite.Add("IPv4 and IPv6 adopt lo", &Case::Adopt, true, true);
    suite.Add("IPv4 alone adopts lo", &Case::Adopt, true, false);
    suite.Add("IPv6 alone adopts lo", &Case::Adopt, false, true);
});

} // namespace
