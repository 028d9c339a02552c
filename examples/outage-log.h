/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef OUTAGE_LOG_H
#define OUTAGE_LOG_H

#include "plot-file.h"
#include "segment-counter.h"

#include "ns3/nstime.h"
#include "ns3/onoff-application.h"
#include "ns3/packet.h"
#include "ns3/tcp-header.h"
#include "ns3/tcp-socket-base.h"

#include <cstdint>
#include <optional>
#include <ostream>
#include <vector>

/// What a TCP connection does before, during and after an outage.
class OutageLog
{
  public:
    /// What is to be known of the transfer.
    struct Settings
    {
        uint64_t bytes;     //!< to send
        ns3::Time down;     //!< when the outage begins
        ns3::Time up;       //!< when it ends
        ns3::Time interval; //!< of the series and the plot
    };

    /**
     * @param settings the transfer
     */
    explicit OutageLog(const Settings& settings);

    /**
     * Watch a sender, which starts at the beginning of the simulation. The end of its connection,
     * be that for want of an answer, is the simulation's.
     * @param sender the application
     */
    void Watch(ns3::Ptr<ns3::OnOffApplication> sender);

    /**
     * Count what the receiver got.
     * @param packet bytes that arrived
     * @param from where from
     */
    void AddArrival(ns3::Ptr<const ns3::Packet> packet, const ns3::Address& from);

    /**
     * @return whether all bytes arrived
     */
    bool IsComplete() const;

    /**
     * Print what was transferred, and how TCP got over the outage.
     * @param os where to
     */
    void Print(std::ostream& os) const;

    /**
     * Print a line of CSV for each interval.
     * @param os where to
     */
    void WriteSeries(std::ostream& os) const;

    /**
     * Draw the same.
     * @param plot where to
     */
    void Draw(PlotFile& plot) const;

  private:
    /// The state of the sender at a time.
    struct Sample
    {
        ns3::Time time;           //!< when
        uint64_t sent;            //!< bytes that were sent once at least
        uint64_t acked;           //!< bytes that were acknowledged
        uint32_t window;          //!< congestion window, bytes
        ns3::Time timeout;        //!< retransmission time-out
        uint64_t retransmissions; //!< segments sent again so far
    };

    /// A segment that was sent again.
    struct Retransmission
    {
        ns3::Time time;    //!< when
        uint64_t sent;     //!< bytes before it
        ns3::Time timeout; //!< until it is sent once more
    };

    /// Trace the sender's socket, which is there when its application has been started.
    void TraceSocket();

    /// Take a sample, and again in an interval.
    void TakeSample();

    /**
     * @param packet a segment's payload
     * @param header its TCP header
     * @param socket the sender's socket
     */
    void AddSegment(ns3::Ptr<const ns3::Packet> packet,
                    const ns3::TcpHeader& header,
                    ns3::Ptr<const ns3::TcpSocketBase> socket);

    /**
     * @param from the value before
     * @param to the acknowledgement that is the highest so far
     */
    void SetAcked(ns3::SequenceNumber32 from, ns3::SequenceNumber32 to);

    /**
     * @param from the value before
     * @param to the congestion window, bytes
     */
    void SetWindow(uint32_t from, uint32_t to);

    /**
     * @param from the value before
     * @param to the retransmission time-out
     */
    void SetTimeout(ns3::Time from, ns3::Time to);

    /**
     * @param from the state before
     * @param to the state of the sender's connection
     */
    void SetState(ns3::TcpSocket::TcpStates_t from, ns3::TcpSocket::TcpStates_t to);

    /**
     * TCP gives the connection up.
     * @param socket the sender's socket
     */
    void GiveUp(ns3::Ptr<ns3::Socket> socket);

    /// Print when TCP sent again, and when that got through.
    void PrintRecovery(std::ostream& os) const;

    Settings m_settings;                           //!< the transfer
    ns3::Ptr<ns3::OnOffApplication> m_sender;      //!< sends
    SegmentCounter m_segments;                     //!< segments with payload
    std::optional<ns3::SequenceNumber32> m_first;  //!< the first sequence number with payload
    Sample m_now{};                                //!< state of the sender
    std::vector<Sample> m_samples;                 //!< its states over time
    std::vector<Retransmission> m_retransmissions; //!< what was sent again
    uint64_t m_arrived{0};                         //!< bytes that arrived
    std::optional<ns3::Time> m_through;            //!< the first arrival after the outage
    ns3::Time m_end;                               //!< the last arrival
    std::optional<ns3::Time> m_givenUp;            //!< when TCP gave up
};

#endif /* OUTAGE_LOG_H */
