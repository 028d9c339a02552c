/*
 * Copyright (c) 2026 The ns-3 loopback module authors
 *
 * SPDX-License-Identifier: GPL-2.0-only
 */

#ifndef DEVICE_CASES_H
#define DEVICE_CASES_H

#include "burst-source.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace ns3
{

/// One way of a packet from a device's Send to its receive callback, on a node without a stack.
struct DeviceCase
{
    std::string name; //!< what tells it apart, as a path

    /**
     * Send packets in bursts. The program ends with a message if one of them was not delivered.
     * @param pacer says before each burst whether to go on
     * @param burst packets in a burst
     */
    std::function<void(const Pacer& pacer, uint32_t burst)> run;

    /// Whether it makes every packet of the program slower from then on, as ascii traces do, by
    /// Packet::EnablePrinting.
    bool spoilsProgram{false};
};

/**
 * @return all of them; the first is the floor, a call of the receive callback and no device
 */
std::vector<DeviceCase> GetDeviceCases();

} // namespace ns3

#endif /* DEVICE_CASES_H */
