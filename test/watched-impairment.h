/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef WATCHED_IMPAIRMENT_H
#define WATCHED_IMPAIRMENT_H

#include "ns3/link-impairment.h"
#include "ns3/nstime.h"

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace ns3::tests
{

/// Attributes of a LinkImpairment, by name and in the words of a script.
typedef std::vector<std::pair<std::string, std::string>> ImpairmentAttributes;

/**
 * A LinkImpairment without a device, and what becomes of the frames that it gets. They are told
 * apart by their source address, which numbers them from 0 in the order they are sent in.
 */
class WatchedImpairment
{
  protected:
    /// A frame that went on.
    struct Arrival
    {
        uint64_t number; //!< the number of the frame
        Time time;       //!< when
    };

    WatchedImpairment();
    ~WatchedImpairment();

    /// Let go of the impairment, and destroy the simulation.
    void Destroy();

    /**
     * Make m_impairment, with fixed random streams, and forget what was seen of the one before.
     * @param attributes its attributes
     * @param seed ns-3's random seed
     */
    void Make(const ImpairmentAttributes& attributes, uint32_t seed = 1);

    /**
     * @param name name of an attribute of m_impairment
     * @param value its new value
     */
    void Set(const std::string& name, const std::string& value);

    /// Attach m_impairment, so that m_arrivals and m_drops are kept up to date.
    void Attach();

    /**
     * Enqueue the next frame.
     * @param packet its packet; 100 bytes of virtual payload, always the same, if null
     * @return what Enqueue returned
     */
    bool Send(Ptr<Packet> packet = nullptr);

    /**
     * @return which frames are not accounted for, or empty if all are
     */
    std::string FindUnaccounted() const;

    /**
     * @return whether the frames went on in the order they were sent in
     */
    bool IsInOrder() const;

    /**
     * @param frame a frame
     * @return its number
     */
    static uint64_t GetNumber(const LinkFrame& frame);

    Ptr<LinkImpairment> m_impairment;                     //!< what is tested
    uint64_t m_nSent{0};                                  //!< frames sent
    std::vector<Arrival> m_arrivals;                      //!< frames that went on, in order
    std::vector<std::pair<uint64_t, DropReason>> m_drops; //!< frames that were lost, and why
    std::function<void(const LinkFrame&)> m_onTransmit;   //!< called with each that goes on
    std::function<void(const LinkFrame&)> m_onDrop;       //!< called with each that is lost
    /// Simulation context of the frames.
    static constexpr uint32_t CONTEXT = 7;

  private:
    void OnTransmit(const LinkFrame& frame);
    void OnDrop(const LinkFrame& frame, DropReason reason);

    Ptr<Packet> m_packet; //!< what is sent; the first packet of all suites must not be made before
                          //!< they run: those that print packets have to ask for that first
};

} // namespace ns3::tests

#endif /* WATCHED_IMPAIRMENT_H */
