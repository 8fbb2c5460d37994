// What only the browser can do: count time and tell it in its own zone, see which rows are in the window, follow a log's end, and come back after the daemon has been away.

const skew = (() => {
    const said = Number(document.querySelector('meta[name="daemon-time"]')?.content);
    const off = said ? said - Date.now() : 0;
    // Less than what loading a page may take is not worth correcting.
    return Math.abs(off) > 3000 ? off : 0;
})();

const humanize = seconds => {
    const parts = [['d', 86400], ['h', 3600], ['m', 60], ['s', 1]];
    const first = parts.findIndex(([, size]) => seconds >= size);
    if (first < 0) return '0s';
    const [unit, size] = parts[first];
    const rest = parts[first + 1];
    const more = rest ? Math.floor((seconds % size) / rest[1]) : 0;
    return `${Math.floor(seconds / size)}${unit}` + (more ? ` ${more}${rest[0]}` : '');
};

// <z-time since="ms"> shows how long ago, <z-time until="ms"> in how long. Its own text is what stands there without scripts.
class Time extends HTMLElement {
    static all = new Set();
    static observedAttributes = ['since', 'until'];

    constructor() {
        super();
        this.text = this.attachShadow({ mode: 'open' }).appendChild(document.createTextNode(''));
    }

    connectedCallback() {
        Time.all.add(this);
        this.draw();
    }

    disconnectedCallback() {
        Time.all.delete(this);
    }

    attributeChangedCallback() {
        this.draw();
    }

    draw() {
        const now = Date.now() + skew;
        const since = Number(this.getAttribute('since')), until = Number(this.getAttribute('until'));
        const text = since
            ? humanize(Math.max(0, Math.floor((now - since) / 1000)))
            : until > now ? `in ${humanize(Math.ceil((until - now) / 1000))}` : 'now';
        if (this.text.data !== text) this.text.data = text;
    }
}
customElements.define('z-time', Time);

const two = number => String(number).padStart(2, '0');
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const clock = time => `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
const local = ms => {
    const time = new Date(ms), now = new Date();
    if (time.toDateString() === now.toDateString()) return clock(time);
    const year = time.getFullYear() === now.getFullYear() ? '' : ` ${time.getFullYear()}`;
    return `${time.getDate()} ${months[time.getMonth()]}${year}, ${clock(time)}`;
};

// <z-at ms="…"> shows a moment in the browser's time zone. Its own text is what stands there without scripts.
class At extends HTMLElement {
    static observedAttributes = ['ms'];

    constructor() {
        super();
        this.text = this.attachShadow({ mode: 'open' }).appendChild(document.createTextNode(''));
    }

    connectedCallback() {
        this.draw();
    }

    attributeChangedCallback() {
        this.draw();
    }

    draw() {
        this.text.data = local(Number(this.getAttribute('ms')));
    }
}
customElements.define('z-at', At);

setInterval(() => {
    if (!document.hidden) for (const time of Time.all) time.draw();
}, 1000);

window.ziggie = {
    // Tells a component which rows of a list are in the window, and how many items fit beside each other: again once one has scrolled
    // beyond what was told, which is half a window more to both sides.
    watchRows(above, component, height) {
        const list = above.parentElement;
        const gone = new AbortController();
        let told = null, asked = 0;
        const look = () => {
            asked = 0;
            const columns = getComputedStyle(list).gridTemplateColumns.split(' ').length;
            const first = Math.max(0, Math.floor(-list.getBoundingClientRect().top / height));
            const rows = Math.ceil(innerHeight / height) + 1;
            if (told?.columns === columns && told.rows === rows && first >= told.first && first + rows <= told.first + told.count) return;
            const more = Math.ceil(rows / 2);
            told = { first: Math.max(0, first - more), columns, rows };
            told.count = first + rows + more - told.first;
            component.invokeMethodAsync('Show', told.first, told.count, columns).catch(() => { });
        };
        const soon = () => asked ||= requestAnimationFrame(look);
        for (const name of ['scroll', 'resize']) addEventListener(name, soon, { passive: true, signal: gone.signal });
        const observer = new ResizeObserver(soon);
        observer.observe(list);
        // What was told while the connection was lost may not have been heard.
        addEventListener('ziggie-up', () => {
            told = null;
            soon();
        }, { signal: gone.signal });
        return {
            stop: () => {
                gone.abort();
                observer.disconnect();
            },
        };
    },

    // From now on the daemon answers to what is done on the page.
    live: () => document.documentElement.dataset.live = 'true',

    local,

    copy: text => navigator.clipboard.writeText(text),
};

// Back and forward lead to where one was on a page, also when what stands there is drawn only after the browser has tried to go there.
const places = new Map();
const step = () => `${history.state?._index ?? 0} ${location.href}`;
let returning = null;
addEventListener('scroll', () => {
    if (!returning) places.set(step(), scrollY);
}, { passive: true });
addEventListener('popstate', () => {
    returning?.abort();
    const goal = places.get(step());
    if (!goal) return;
    const over = returning = new AbortController();
    const until = performance.now() + 2000;
    const go = () => {
        if (over.signal.aborted || performance.now() > until) {
            if (returning === over) returning = null;
            return;
        }
        if (scrollY !== goal && document.documentElement.scrollHeight - innerHeight >= goal) scrollTo(0, goal);
        requestAnimationFrame(go);
    };
    // Whoever moves goes elsewhere.
    for (const name of ['wheel', 'touchmove', 'keydown', 'pointerdown']) addEventListener(name, () => over.abort(), { passive: true, signal: over.signal });
    go();
});

// "/" goes to the search of the page, unless somebody types.
document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select, [contenteditable]')) return;
    const goal = document.querySelector(`[data-hotkey="${CSS.escape(event.key)}"]`);
    if (!goal) return;
    event.preventDefault();
    goal.focus();
});

// Menus close when something else is clicked, and by Escape.
document.addEventListener('click', event => {
    for (const menu of document.querySelectorAll('details.z-menu[open]')) if (!menu.contains(event.target) || event.target.closest('a')) menu.open = false;
});
document.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    for (const menu of document.querySelectorAll('details.z-menu[open]')) {
        menu.open = false;
        menu.querySelector('summary').focus();
    }
});

// --- The connection -------------------------------------------------------------------------------------------------------------
const banner = document.getElementById('connection');
const pause = time => new Promise(done => setTimeout(done, time));
const say = text => {
    banner.textContent = text;
    banner.hidden = !text;
};

const isUp = async () => {
    try {
        return (await fetch('/health/ready', { cache: 'no-store', signal: AbortSignal.timeout(3000) })).ok;
    } catch {
        return false;
    }
};

// What is clicked or typed while nobody hears it would not be done later either: until then it says that it cannot be used. A text that
// stays in the browser (data-text) can still be written.
const acts = ':is(button, select, a[href], input:is([type=checkbox], [type=radio])):not([data-theme-switch])';
const texts = ':is(input, textarea):not([data-text])';
let disabled = [], closed = [];
const isLost = () => document.documentElement.hasAttribute('data-lost');
const letAct = mayAct => {
    document.documentElement.toggleAttribute('data-lost', !mayAct);
    for (const act of disabled) act.removeAttribute('aria-disabled');
    for (const text of closed) text.readOnly = false;
    disabled = mayAct ? [] : [...document.querySelectorAll(`${acts}:not([aria-disabled])`)];
    closed = mayAct ? [] : [...document.querySelectorAll(`${texts}:not([readonly])`)];
    for (const act of disabled) act.setAttribute('aria-disabled', 'true');
    for (const text of closed) text.readOnly = true;
};
document.addEventListener('click', event => {
    if (!isLost() || !event.target.closest(acts)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
}, true);
// Another choice is made by keys too.
document.addEventListener('keydown', event => {
    if (isLost() && event.key !== 'Tab' && event.target.closest('select')) event.preventDefault();
}, true);

let isDown = false;
const isUpAgain = () => {
    if (!isDown) return;
    isDown = false;
    letAct(true);
    say('');
    // The page is the same: who asked the daemon for something meanwhile gets no answer, and asks again.
    dispatchEvent(new Event('ziggie-up'));
};
const comeBack = async () => {
    if (isDown) return;
    isDown = true;
    say(`Connection to the daemon lost; looking for it. What is shown is of ${new Date().toLocaleTimeString('en-GB')}.`);
    letAct(false);
    for (let wait = 250; isDown; wait = Math.min(wait * 1.5, 3000)) {
        await pause(wait);
        if (!isDown || !await isUp()) continue;
        try {
            if (await Blazor.reconnect()) {
                isUpAgain();
                return;
            }
        } catch {
            // The new daemon does not know this page; it is loaded again from its address.
        }
        say('The daemon is back.');
        // Who knows where on the page somebody was keeps it.
        dispatchEvent(new Event('ziggie-reload'));
        location.reload();
        return;
    }
};

// What somebody was writing is not for whoever signs in next.
document.addEventListener('submit', event => {
    if (!event.target.matches('form[action="/sign-out"]')) return;
    for (const key of Object.keys(sessionStorage)) if (key.startsWith('ziggie')) sessionStorage.removeItem(key);
});

await Blazor.start({
    circuit: {
        reconnectionHandler: {
            onConnectionDown: comeBack,
            onConnectionUp: isUpAgain,
        },
    },
});
