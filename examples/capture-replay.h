/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef CAPTURE_REPLAY_H
#define CAPTURE_REPLAY_H

#include "capture-reader.h"

#include "ns3/drop-reason.h"
#include "ns3/lo-net-device.h"
#include "ns3/node-container.h"
#include "ns3/packet.h"
#include "ns3/pcap-file.h"

#include <cstdint>
#include <exception>
#include <map>
#include <ostream>
#include <string>

/// Sends a capture's packets, and writes those that come out.
class CaptureReplay
{
  public:
    /**
     * What can not be read comes as a ProgramError.
     * @param input name of the capture to read
     * @param output name of the capture to write, for errors
     * @param temporary name under which to write it
     */
    CaptureReplay(const std::string& input,
                  const std::string& output,
                  const std::string& temporary);

    /// Packets that still wait are dropped, and counted, when the simulation is destroyed.
    ~CaptureReplay();

    CaptureReplay(const CaptureReplay&) = delete;
    CaptureReplay& operator=(const CaptureReplay&) = delete;

    /// Send all packets. What goes wrong comes as a ProgramError.
    void Run();

    /**
     * Print what was counted.
     * @param os where to print it
     */
    void Print(std::ostream& os) const;

  private:
    /// Read the next packet, and have it sent when its time comes.
    void ScheduleNext();

    /**
     * @param record the packet to send
     */
    void Send(const CaptureReader::Record& record);

    /**
     * @param frame a frame that came out
     */
    void Write(ns3::Ptr<const ns3::Packet> frame);

    /// Make sure that what was written so far could be.
    void CheckOutput() const;

    /**
     * @param packet a packet that did not come out
     * @param reason why
     */
    void CountDrop(ns3::Ptr<const ns3::Packet> packet, ns3::DropReason reason);

    /**
     * Do something in an event, from which no exception may come.
     * @param action what to do
     */
    template <typename Action>
    void Try(Action action);

    CaptureReader m_reader;                      //!< what is read
    std::string m_outputPath;                    //!< name of what is written
    ns3::PcapFile m_output;                      //!< what is written
    int64_t m_subSecond;                         //!< nanoseconds in the unit of its times
    ns3::NodeContainer m_nodes;                  //!< the one node
    ns3::Ptr<ns3::LoNetDevice> m_lo;             //!< its loopback
    uint64_t m_nIn{0};                           //!< packets read
    uint64_t m_nOut{0};                          //!< packets written
    std::map<ns3::DropReason, uint64_t> m_drops; //!< packets dropped
    std::exception_ptr m_error;                  //!< what went wrong
};

#endif /* CAPTURE_REPLAY_H */
