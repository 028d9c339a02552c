/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#include "netem-rules.h"

#include "ns3/integer.h"
#include "ns3/object-factory.h"
#include "ns3/random-variable-stream.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <optional>
#include <sstream>

namespace ns3::tests
{

namespace
{

const char* const DISTRIBUTIONS[]{"uniform", "normal", "pareto", "paretonormal"};

/// @return a probability in hundredths of a percent, as tc passes it to the kernel
uint32_t
ToKernel(int probability)
{
    return static_cast<uint32_t>(std::llround(probability / 10000.0 * UINT32_MAX));
}

/// @return a probability in hundredths of a percent, in tc's words
std::string
ToPercent(int probability)
{
    return " " + std::to_string(probability / 100) + "." + std::to_string(probability / 10 % 10) +
           std::to_string(probability % 10) + "%";
}

/// @return a quantile of the normal distribution, by bisection
double
FindNormal(double share)
{
    double low = -10;
    double high = 10;
    for (int i = 0; i < 60; ++i)
    {
        const auto middle = (low + high) / 2;
        (std::erfc(-middle / std::sqrt(2)) / 2 < share ? low : high) = middle;
    }
    return low;
}

/// @return an entry of iproute2's tables of distributions
int16_t
FindEntry(int distribution, int index)
{
    const auto clamp = [](int value) {
        return static_cast<int16_t>(std::min(std::max(value, -32768), 32767));
    };
    const auto normal = static_cast<int>(std::lround(8192 * FindNormal((4 * index + 0.5) / 16384)));
    const auto share = (65536 - 16.0 * index) / 65536;
    const auto pareto = static_cast<int>(
        std::lround(std::min(32767.0, (std::pow(share, -1.0 / 3) - 1.5) * 4 / 3 * 8192)));
    return distribution == 1 ? clamp(normal)
                             : clamp(distribution == 2 ? pareto : (normal + 3 * pareto) / 4);
}

/// The random numbers that determine a configuration.
class Dice
{
  public:
    explicit Dice(std::mt19937& random)
        : m_random(random)
    {
    }

    /// @return a number from 0 to a maximum
    template <typename T>
    T UpTo(T max)
    {
        return static_cast<T>(std::uniform_int_distribution<int64_t>(0, max)(m_random));
    }

    /// @return such a number in half of the calls, otherwise 0
    template <typename T>
    T UpToOrNone(T max)
    {
        return IsOneIn(2) ? UpTo(max) : 0;
    }

    /// @return true in one of a number of calls
    bool IsOneIn(int times)
    {
        return UpTo(times - 1) == 0;
    }

    NetemSettings::Event DrawEvent()
    {
        NetemSettings::Event event;
        if (IsOneIn(2))
        {
            event.probability = UpTo(10000);
            event.correlation = UpToOrNone(10000);
        }
        return event;
    }

  private:
    std::mt19937& m_random;
};

/// A second implementation of netem's rules, independent of the first.
class NetemRules
{
  public:
    NetemRules(const NetemSettings& settings, int64_t stream)
        : m_settings(settings)
    {
        for (auto& variable : m_random)
        {
            variable =
                CreateObjectWithAttributes<UniformRandomVariable>("Stream", IntegerValue(stream++));
        }
    }

    std::vector<NetemFate> Predict(const std::vector<NetemArrival>& arrivals)
    {
        const auto runUntil = [this](int64_t end) {
            while (m_timer >= 0 && m_timer < end)
            {
                m_now = m_timer;
                Run();
            }
        };
        uint64_t id = 0;
        for (const auto& arrival : arrivals)
        {
            runUntil(arrival.time);
            m_now = arrival.time;
            NetemFate fate;
            fate.id = id++;
            Enqueue({fate, arrival.size, arrival.isMarkable, 0}, false);
            Run();
        }
        runUntil(std::numeric_limits<int64_t>::max());
        return m_fates;
    }

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

    uint32_t Draw(Kind kind)
    {
        return static_cast<uint32_t>(std::floor(m_random[kind]->GetValue() * std::pow(2, 32)));
    }

    uint32_t DrawCorrelated(Kind kind, int correlation)
    {
        if (correlation == 0)
        {
            return Draw(kind);
        }
        const auto last = m_last[kind] ? *m_last[kind] : Draw(kind);
        const auto rho = static_cast<long double>(ToKernel(correlation)) + 1;
        const auto one = 4294967296.0L; // long double has the 64 bits of the kernel's sum
        m_last[kind] =
            static_cast<uint32_t>(std::floor((Draw(kind) * (one - rho) + last * rho) / one));
        return *m_last[kind];
    }

    bool Happens(Kind kind, const NetemSettings::Event& event)
    {
        return event.probability > 0 &&
               DrawCorrelated(kind, event.correlation) <= ToKernel(event.probability);
    }

    int64_t DrawTime(Kind kind, int64_t mean, int64_t jitter, int correlation, int distribution)
    {
        const auto sigma = std::min<int64_t>(jitter, INT32_MAX);
        if (sigma == 0)
        {
            return mean;
        }
        const int64_t random = DrawCorrelated(kind, correlation);
        if (distribution == 0)
        {
            return random % (2 * sigma) + mean - sigma;
        }
        const int64_t entry = FindEntry(distribution, static_cast<int>(random % 4096));
        const auto scaled = sigma % 8192 * entry;
        const auto rounded = scaled >= 0 ? (scaled + 4096) / 8192 : (scaled - 4096) / 8192;
        return rounded + sigma / 8192 * entry + mean;
    }

    bool IsLost()
    {
        return m_settings.lossModel == 0   ? Happens(LOSS, m_settings.loss)
               : m_settings.lossModel == 1 ? IsLostInGilbertElliott()
                                           : IsLostInFourState();
    }

    bool IsLostInGilbertElliott()
    {
        const auto& chain = m_settings.chain;
        const auto p = ToKernel(chain[0]);
        const auto r = ToKernel(chain.size() > 1 ? chain[1] : 10000 - chain[0]);
        const auto h = UINT32_MAX - ToKernel(chain.size() > 2 ? chain[2] : 10000);
        const auto k = ToKernel(chain.size() > 3 ? chain[3] : 0);
        if (m_state == 1)
        {
            m_state = Draw(LOSS) < p ? 2 : 1;
            return Draw(LOSS) < k;
        }
        m_state = Draw(LOSS) < r ? 1 : 2;
        return Draw(LOSS) > h;
    }

    bool IsLostInFourState()
    {
        const auto& chain = m_settings.chain;
        const auto p13 = ToKernel(chain[0]);
        const auto p31 = ToKernel(chain.size() > 1 ? chain[1] : 10000 - chain[0]);
        const auto p32 = ToKernel(chain.size() > 2 ? chain[2] : 0);
        const auto p23 = ToKernel(chain.size() > 3 ? chain[3] : 10000);
        const auto p14 = ToKernel(chain.size() > 4 ? chain[4] : 0);
        const auto random = Draw(LOSS);
        switch (m_state)
        {
        case 1:
            m_state = random < p14 ? 4 : random < p14 + p13 ? 3 : 1;
            break;
        case 2:
            m_state = random < p23 ? 3 : 2;
            break;
        case 3:
            m_state = random < p32 ? 2 : random < p32 + p31 ? 1 : 3;
            break;
        default:
            m_state = 1;
        }
        return m_state == 3 || m_state == 4;
    }

    std::size_t CountWaiting() const
    {
        return m_head.size() + m_queue.size();
    }

    void Enqueue(Packet packet, bool isDuplicate)
    {
        int count = 1;
        if (!isDuplicate && Happens(DUPLICATE, m_settings.duplicate))
        {
            ++count;
        }
        if (IsLost())
        {
            if (m_settings.ecn && packet.isMarkable)
            {
                packet.fate.isMarked = true;
            }
            else
            {
                --count;
            }
        }
        if (count == 0)
        {
            Finish(packet, NetemQueueDisc::LOSS_DROP);
            return;
        }
        auto duplicate = packet;
        if (Happens(CORRUPT, m_settings.corrupt))
        {
            const uint64_t draw = Draw(CORRUPT);
            const auto byte = static_cast<int>(draw * packet.size >> 32);
            packet.fate.flipped = 8 * byte + static_cast<int>(Draw(CORRUPT) / 0x20000000);
            // A corrupted packet can no longer be marked, but it was before.
        }
        if (CountWaiting() >= m_settings.limit)
        {
            Finish(packet, NetemQueueDisc::LIMIT_DROP);
            return;
        }
        const auto position = m_queue.size();
        if (count > 1)
        {
            Enqueue(duplicate, true);
        }
        Place(packet, position);
    }

    void Place(Packet packet, std::size_t position)
    {
        const auto& s = m_settings;
        const auto gap = s.reorder.probability > 0 ? std::max(s.gap, 1U) : s.gap;
        const auto reorder =
            s.reorder.probability > 0 ? ToKernel(s.reorder.probability) : UINT32_MAX;
        const bool isReordered = gap > 0 && m_counter >= gap - 1 &&
                                 DrawCorrelated(REORDER, s.reorder.correlation) <= reorder;
        packet.due = isReordered ? m_now : GetDue(packet.size);
        m_counter = isReordered ? 0 : m_counter + 1;
        if (s.isFifo)
        {
            // In the order of arrival, an original before its duplicate.
            m_queue.insert(m_queue.begin() + static_cast<std::ptrdiff_t>(position), packet);
        }
        else if (isReordered)
        {
            m_head.push_front(packet);
        }
        else
        {
            const auto after =
                std::upper_bound(m_queue.begin(),
                                 m_queue.end(),
                                 packet.due,
                                 [](int64_t due, const Packet& other) { return due < other.due; });
            m_queue.insert(after, packet);
        }
    }

    int64_t GetDue(uint32_t size)
    {
        const auto& s = m_settings;
        auto delay = DrawTime(DELAY, s.delay, s.jitter, s.delayCorrelation, s.distribution);
        auto from = m_now;
        if (s.rate > 0)
        {
            if (CountWaiting() > 0)
            {
                auto last = std::numeric_limits<int64_t>::min();
                for (const auto& packet : m_queue)
                {
                    last = std::max(last, packet.due);
                }
                last = m_head.empty() ? last : std::max(last, m_head.back().due);
                delay = std::max<int64_t>(0, delay - (last - from));
                from = last;
            }
            delay += GetTransmissionTime(size);
        }
        return from + delay;
    }

    int64_t GetTransmissionTime(uint32_t size) const
    {
        const auto& s = m_settings;
        int64_t bytes = std::max<int64_t>(0, int64_t{size} + s.packetOverhead);
        if (s.cellSize > 0)
        {
            auto cells = bytes / s.cellSize;
            cells += bytes > cells * s.cellSize ? 1 : 0;
            bytes = cells * std::max(0, s.cellSize + s.cellOverhead);
        }
        return bytes * 1'000'000'000 / s.rate;
    }

    void StartSlot()
    {
        const auto& s = m_settings;
        int64_t pause = s.slot[0];
        if (s.slotDistribution >= 0)
        {
            pause = DrawTime(SLOT, s.slot[0], s.slot[1], 0, s.slotDistribution);
        }
        else if (s.slot[1] > s.slot[0])
        {
            pause += (s.slot[1] - s.slot[0]) * int64_t{Draw(SLOT)} / 4294967296;
        }
        m_slotNext = m_now + pause;
        m_slotPackets = s.slotPackets > 0 ? s.slotPackets : INT32_MAX;
        m_slotBytes = s.slotBytes > 0 ? s.slotBytes : INT32_MAX;
    }

    bool SendFirst()
    {
        const bool isSlotted = m_settings.slot[1] > 0;
        const auto send = [this](std::deque<Packet>& queue) {
            Finish(queue.front(), "sent");
            queue.pop_front();
        };
        if (!m_head.empty())
        {
            send(m_head);
            return true;
        }
        if (m_queue.empty())
        {
            return false;
        }
        const auto due = m_queue.front().due;
        const auto size = m_queue.front().size;
        if (isSlotted && m_slotNext < due)
        {
            StartSlot();
        }
        if (due > m_now || (isSlotted && m_slotNext > m_now))
        {
            m_timer = isSlotted ? std::max(due, m_slotNext) : due;
            return false;
        }
        send(m_queue);
        if (isSlotted)
        {
            --m_slotPackets;
            m_slotBytes -= size;
            if (m_slotPackets <= 0 || m_slotBytes <= 0)
            {
                StartSlot();
            }
        }
        return true;
    }

    void Run()
    {
        m_timer = -1;
        while (SendFirst())
        {
        }
    }

    void Finish(const Packet& packet, const char* what)
    {
        m_fates.push_back(packet.fate);
        m_fates.back().what = what;
        m_fates.back().time = m_now;
    }

    const NetemSettings m_settings;
    std::array<Ptr<UniformRandomVariable>, N_KINDS> m_random;
    std::array<std::optional<uint32_t>, N_KINDS> m_last;
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

} // namespace

NetemSettings
NetemSettings::Draw(std::mt19937& random)
{
    Dice dice(random);
    NetemSettings s;
    s.limit = dice.IsOneIn(4) ? dice.UpTo(5U) : 1000;
    s.delay = dice.IsOneIn(5) ? 0 : 1 + dice.UpTo(20'000'000);
    s.jitter = s.delay == 0 || dice.IsOneIn(2)
                   ? 0
                   : 1 + dice.UpTo(dice.IsOneIn(10) ? 3'000'000'000 : 30'000'000);
    s.delayCorrelation = s.jitter > 0 ? dice.UpToOrNone(10000) : 0;
    s.distribution = s.jitter > 0 ? dice.UpTo(3) : 0;
    s.lossModel = dice.UpTo(2);
    if (s.lossModel == 0)
    {
        s.loss = dice.DrawEvent();
    }
    const auto nChain = s.lossModel == 0 ? 0 : 1 + dice.UpTo(s.lossModel == 1 ? 3 : 4);
    for (int i = 0; i < nChain; ++i)
    {
        // At most a half, so that two transitions from a state do not exceed 1.
        s.chain.push_back(dice.UpTo(5000));
    }
    s.ecn = (s.loss.probability > 0 || s.lossModel > 0) && dice.IsOneIn(3);
    s.duplicate = dice.DrawEvent();
    s.corrupt = dice.DrawEvent();
    if (s.delay > 0)
    {
        s.reorder = dice.DrawEvent();
        s.gap = dice.UpToOrNone(4U);
    }
    if (dice.IsOneIn(2))
    {
        s.rate = 1000 + dice.UpTo(1'000'000);
        s.packetOverhead = dice.UpTo(60) - 30;
        s.cellSize = dice.UpToOrNone(100);
        s.cellOverhead = s.cellSize > 0 ? dice.UpTo(20) - 10 : 0;
    }
    if (dice.IsOneIn(3))
    {
        s.slot[0] = dice.UpTo(5'000'000);
        s.slot[1] = s.slot[0] + 1 + dice.UpTo(5'000'000);
        s.slotDistribution = dice.UpTo(4) - 1;
        s.slotPackets = dice.UpTo(3);
        s.slotBytes = dice.UpToOrNone(2000);
    }
    s.isFifo = dice.IsOneIn(4);
    return s;
}

std::string
NetemSettings::GetWords() const
{
    std::ostringstream words;
    const auto print = [&words](const char* name, const Event& event) {
        if (event.probability > 0)
        {
            words << " " << name << ToPercent(event.probability) << ToPercent(event.correlation);
        }
    };
    words << "limit " << limit << " delay " << delay << "ns " << jitter << "ns"
          << ToPercent(delayCorrelation);
    if (distribution > 0)
    {
        words << " distribution " << DISTRIBUTIONS[distribution];
    }
    print("loss random", loss);
    if (lossModel > 0)
    {
        words << " loss " << (lossModel == 1 ? "gemodel" : "state");
        for (const auto probability : chain)
        {
            words << ToPercent(probability);
        }
    }
    words << (ecn ? " ecn" : "");
    print("duplicate", duplicate);
    print("corrupt", corrupt);
    print("reorder", reorder);
    if (gap > 0)
    {
        words << " gap " << gap;
    }
    if (rate > 0)
    {
        words << " rate " << rate << "bps " << packetOverhead << " " << cellSize << " "
              << cellOverhead;
    }
    if (slot[1] > 0)
    {
        words << " slot ";
        if (slotDistribution >= 0)
        {
            words << "distribution " << DISTRIBUTIONS[slotDistribution] << " ";
        }
        words << slot[0] << "ns " << slot[1] << "ns packets " << slotPackets << " bytes "
              << slotBytes;
    }
    return words.str();
}

std::vector<NetemFate>
PredictFates(const NetemSettings& settings,
             int64_t stream,
             const std::vector<NetemArrival>& arrivals)
{
    return NetemRules(settings, stream).Predict(arrivals);
}

} // namespace ns3::tests
