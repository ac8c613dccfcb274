-- The count of one endpoint's requests. It makes the same decisions as window.rs, which explains them.
-- KEYS[1]: a hash. ARGV: "acquire", turn, maximum wait; or "record", number, limit, window, left, reset (empty: not
-- reported). The last one is the time, for tests. Returns the wait (-1: go) and the turn or number.
local VERSION = 'rblx-open-cloud 1'
local MAX_WINDOW, DEFAULT_WINDOW, MAX_PROBE = 120000000, 60000000, 500000
local GRACE, SILENCE, SECOND, SCARCE = 20000, 10000000, 1000000, 1
local MIN_POLL, MAX_POLL = 1000, 25000
local FIELDS = {'end', 'left', 'limit', 'length', 'slot', 'number', 'first', 'due', 'next'}

local key = KEYS[1]
local now
if ARGV[#ARGV] ~= '' then
    now = tonumber(ARGV[#ARGV])
else
    local time = redis.call('TIME')
    now = tonumber(time[1]) * SECOND + tonumber(time[2])
end

local values = redis.call('HMGET', key, 'is', 'phase', unpack(FIELDS))
if values[1] ~= VERSION and redis.call('EXISTS', key) == 1 then
    return redis.error_reply('FOREIGN the key holds something else')
end
local w = {phase = values[2] or 'closed'}
for index, field in ipairs(FIELDS) do
    w[field] = tonumber(values[index + 2] or 0)
end

local function length()
    return w.length == 0 and DEFAULT_WINDOW or w.length
end

local function probe_time()
    return math.min(math.max(math.floor(length() / 4), MIN_POLL), MAX_PROBE)
end

local function distribute(left)
    w.first = w.due
    w.due = math.min(w.next, w.due + left)
    local waiting = w.due - w.first
    w.left = math.max(left - waiting, 0)
    local is_scarce = waiting > 0 and (w.slot == SCARCE or waiting * 4 >= left)
    w.slot = is_scarce and now or 0
end

local function guess(start)
    w.phase = 'guessed'
    w['end'] = math.max(start + length(), now)
    distribute(math.max(w.limit - 1, 0))
end

local function silence(time)
    w.phase = 'silent'
    w['end'] = now + time
    w.first = w.next
    w.due = w.next
end

local function update()
    if w['end'] > now + MAX_WINDOW + SECOND then
        w.phase = 'closed'
        w['end'] = 0
    end
    if now < w['end'] then
        return
    end
    if w.phase == 'probing' then
        if w.limit > 0 then
            guess(math.max(w['end'] - probe_time(), 0))
        else
            silence(SECOND)
        end
    elseif w.phase ~= 'closed' then
        w.phase = 'closed'
    end
end

local function is_valid(turn)
    return turn >= math.max(w.due, 1) and turn < w.next
end

local function new_turn()
    if w.next == 0 then
        w.first, w.due, w.next = 1, 1, 1
    end
    local turn = w.next
    w.next = turn + 1
    return turn
end

local function queue(wait, turn, max_wait)
    if is_valid(turn) then
        return wait, turn
    end
    if wait > max_wait then
        return wait, 0
    end
    return wait, new_turn()
end

local function start(turn, max_wait)
    local is_head = is_valid(turn) and turn == w.due
    if not (w.due == w.next or is_head) and now < w['end'] + GRACE then
        return queue(MIN_POLL, turn, max_wait)
    end
    if is_head then
        w.due = w.due + 1
    end
    w.first = w.due
    w.slot = (w.left == 0 and w.number > 0) and SCARCE or 0
    w.number = w.number + 1
    w.left = 0
    w.phase = 'probing'
    w['end'] = now + probe_time()
    return -1, w.number
end

local function take_left(max_wait)
    local slot = math.max(w.slot, now)
    local wait = slot - now
    if wait > max_wait then
        return wait, 0
    end
    if w.slot > 0 then
        local time = math.floor(math.max(w['end'] - slot, 0) / 4)
        w.slot = slot + math.floor(time / (w.left + 1))
    end
    w.left = w.left - 1
    if wait < MIN_POLL then
        return -1, w.number
    end
    local turn = new_turn()
    w.due = w.next
    return wait, turn
end

local function take(turn, max_wait)
    if turn >= math.max(w.first, 1) and turn < w.due then
        return -1, w.number
    end
    if not is_valid(turn) and w.left > 0 then
        return take_left(max_wait)
    end
    local left = math.max(w['end'] - now, MIN_POLL)
    if w.phase == 'guessed' then
        return queue(math.min(left, MAX_POLL), turn, max_wait)
    end
    local ahead = (is_valid(turn) and turn or w.next) - w.due
    local windows = w.limit > 0 and math.floor(ahead / w.limit) or 0
    return queue(math.min(left + windows * length(), MAX_WINDOW), turn, max_wait)
end

local function acquire(turn, max_wait)
    if w.phase == 'silent' then
        return -1, w.number
    elseif w.phase == 'closed' then
        return start(turn, max_wait)
    elseif w.phase == 'probing' then
        local since = math.max(w['end'] - probe_time(), 0)
        local wait = math.floor(math.max(now - since, 0) / 2)
        return queue(math.min(math.max(wait, MIN_POLL), MAX_POLL), turn, max_wait)
    end
    return take(turn, max_wait)
end

local function record(number, limit, window, left, reset)
    local is_current = number == w.number and number ~= 0
    if not left or not reset then
        if is_current and w.phase == 'probing' then
            if w.limit > 0 then
                guess(now)
            else
                silence(SILENCE)
            end
        end
        return
    end
    w.limit = limit or math.max(w.limit, left + 1)
    local reported_end = now + math.min(reset, MAX_WINDOW)
    local is_known = w.phase == 'open' or w.phase == 'guessed'
    if is_known and is_current then
        if w.phase == 'guessed' then
            w['end'] = reported_end
        else
            w['end'] = math.min(w['end'], reported_end)
        end
        w.left = math.min(w.left, left)
        w.phase = 'open'
    elseif is_known and number == 0 then
        if reported_end > math.floor((now + w['end']) / 2) then
            w.left = math.min(w.left, left)
        end
    elseif (number == 0 or is_current) and not (w.phase == 'closed' and is_current) then
        if not is_current then
            w.number = w.number + 1
        end
        w.phase = 'open'
        w['end'] = reported_end
        distribute(left)
    end
    local max_length = math.min(window or MAX_WINDOW, MAX_WINDOW)
    w.length = math.max(math.min(math.max(w.length, reset), max_length), MIN_POLL)
end

update()
local wait, token = 0, 0
if ARGV[1] == 'acquire' then
    wait, token = acquire(tonumber(ARGV[2]), tonumber(ARGV[3]))
else
    record(tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]))
end

local new = {'is', VERSION, 'phase', w.phase}
for _, field in ipairs(FIELDS) do
    new[#new + 1] = field
    new[#new + 1] = string.format('%.0f', w[field])
end
redis.call('HSET', key, unpack(new))
-- The key expires when its window is certainly over.
redis.call('PEXPIRE', key, 600000)
return {wait, token}
