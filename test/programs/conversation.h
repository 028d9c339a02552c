/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef CONVERSATION_H
#define CONVERSATION_H

#include "ns3/lo-helper.h"
#include "ns3/node.h"

#include <string>

/**
 * Traffic of several kinds over the lo of a new node: UDP and TCP over IPv4 and IPv6, datagrams in
 * fragments, and one to a closed port.
 */
class Conversation
{
  public:
    /**
     * @param helper installs the lo
     */
    explicit Conversation(const ns3::LoHelper& helper);

    /// @return the device
    ns3::Ptr<ns3::LoNetDevice> GetLo() const;

    /// Run it to its end.
    void Run();

  private:
    void SendDatagrams(const ns3::Address& server, ns3::Time start);
    void SendStream(const ns3::Address& server, ns3::Time start);

    ns3::Ptr<ns3::Node> m_node;
};

#endif /* CONVERSATION_H */
