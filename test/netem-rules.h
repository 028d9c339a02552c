/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef NETEM_RULES_H
#define NETEM_RULES_H

#include "netem-probe.h"

#include "ns3/random-variable-stream.h"

#include <array>
#include <cstdint>
#include <deque>
#include <random>
#include <string>
#include <vector>

namespace ns3::tests
{

/// A configuration of netem in plain numbers: nanoseconds, bytes, hundredths of a percent.
struct NetemSettings
{
    /// A probability and its correlation.
    struct Event
    {
        int probability{0};
        int correlation{0};
    };

    uint32_t limit{1000};
    int64_t delay{0};
    int64_t jitter{0};
    int delayCorrelation{0};
    int distribution{0}; //!< uniform, normal, pareto, paretonormal
    int lossModel{0};    //!< random, gemodel, state
    Event loss;
    std::vector<int> chain; //!< the values after `gemodel` or `state`
    bool ecn{false};
    Event duplicate;
    Event corrupt;
    Event reorder;
    uint32_t gap{0};
    int64_t rate{0}; //!< bytes per second
    int packetOverhead{0};
    int cellSize{0};
    int cellOverhead{0};
    std::array<int64_t, 2> slot{0, 0}; //!< the shortest and longest, or mean and jitter
    int slotDistribution{-1};          //!< -1 for none
    int slotPackets{0};
    int slotBytes{0};
    bool isFifo{false}; //!< whether there is a child queue disc

    /**
     * Draw a configuration.
     * @param random the random numbers
     * @return the configuration, in which any option may occur
     */
    static NetemSettings Draw(std::mt19937& random);

    /// @return the configuration in tc's words
    std::string GetWords() const;
};

/// A packet sent through netem.
struct NetemArrival
{
    int64_t time;
    uint32_t size;
    bool isMarkable;
};

/// A second implementation of netem's rules, independent of the first.
class NetemRules
{
  public:
    /**
     * @param settings the configuration
     * @param stream the number of the first random stream
     */
    NetemRules(const NetemSettings& settings, int64_t stream);

    /**
     * @param arrivals packets, in order of time
     * @return their fates, in order of time
     */
    std::vector<NetemFate> Predict(const std::vector<NetemArrival>& arrivals);

  private:
    /// A pending packet.
    struct Packet
    {
        NetemFate fate;
        uint32_t size{0};
        bool isMarkable{false};
        int64_t due{0};
    };

    /// The random numbers of a kind of decision, by their order: delay, loss, duplicate, corrupt,
    /// reorder, slot.
    enum Kind
    {
        DELAY,
        LOSS,
        DUPLICATE,
        CORRUPT,
        REORDER,
        SLOT,
        N_KINDS
    };

    uint32_t Draw(Kind kind);
    uint32_t DrawCorrelated(Kind kind, int correlation);
    bool Happens(Kind kind, const NetemSettings::Event& event);
    int64_t DrawTime(Kind kind, int64_t mean, int64_t jitter, int correlation, int distribution);
    bool IsLost();
    bool IsLostInGilbertElliott();
    bool IsLostInFourState();
    void Enqueue(Packet packet, bool isDuplicate);
    void Place(Packet packet, std::size_t position);
    int64_t GetDue(uint32_t size);
    int64_t GetTransmissionTime(uint32_t size) const;
    std::size_t CountWaiting() const;
    void Run();
    bool SendFirst();
    void StartSlot();
    void Drop(const Packet& packet, const char* why);

    const NetemSettings m_settings;
    std::array<Ptr<UniformRandomVariable>, N_KINDS> m_random;
    std::array<uint32_t, N_KINDS> m_last{};
    std::array<bool, N_KINDS> m_hasLast{};
    int m_state{1};
    uint32_t m_counter{0};
    int64_t m_now{0};
    std::deque<Packet> m_head;  //!< reordered packets
    std::deque<Packet> m_queue; //!< by time, or in the order of arrival
    int64_t m_timer{-1};        //!< -1 for none
    int64_t m_slotNext{-1};
    int64_t m_slotPackets{0};
    int64_t m_slotBytes{0};
    std::vector<NetemFate> m_fates;
};

} // namespace ns3::tests

#endif /* NETEM_RULES_H */
