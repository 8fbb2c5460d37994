// The lines of a log. Everything that a program printed is set as text, never as markup.

const pad = (number, length = 2) => String(number).padStart(length, '0');

const clock = milliseconds => {
    const time = new Date(milliseconds);
    const text = `${pad(time.getHours())}:${pad(time.getMinutes())}:${pad(time.getSeconds())}.${pad(time.getMilliseconds(), 3)}`;
    return time.toDateString() === new Date().toDateString() ? text : `${pad(time.getMonth() + 1)}-${pad(time.getDate())} ${text}`;
};

const bytes = count => {
    const units = ['B', 'kB', 'MB', 'GB', 'TB'];
    let unit = 0;
    for (; count >= 999.5 && unit < units.length - 1; unit++) count /= 1000;
    return `${unit === 0 || count >= 99.5 ? count.toFixed(0) : count.toFixed(1)} ${units[unit]}`;
};

const make = (name, className, text) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
};

const button = (className, text) => {
    const element = make('button', className, text);
    element.type = 'button';
    return element;
};

// Times of a range are entered as the clock on the wall shows them.
const toLocal = iso => {
    const time = iso ? new Date(iso) : null;
    return time && !isNaN(time)
        ? `${time.getFullYear()}-${pad(time.getMonth() + 1)}-${pad(time.getDate())}T${pad(time.getHours())}:${pad(time.getMinutes())}:${pad(time.getSeconds())}`
        : '';
};

// The lines stand in a shadow root with a sheet of their own: the thousands of rules for the page are not gone through for each of them.
const sheet = new CSSStyleSheet();
await sheet.replace(await (await fetch(new URL('lines.css', import.meta.url))).text());

// None is drawn of a page that nobody sees.
const frame = () => new Promise(done => {
    requestAnimationFrame(done);
    setTimeout(done, 100);
});

const edge = 800, slice = 250, place = 'ziggie-log-place';
const quietly = 25, window5 = 5000;

class Pane {
    constructor(root, component, logs) {
        this.root = root;
        this.component = component;
        this.logs = logs;
        this.isMany = new Set(logs.map(log => log.service)).size > 1;
        this.scroller = root.querySelector('[role=log]');
        this.list = make('div', 'z-lines');
        const within = this.scroller.shadowRoot ?? this.scroller.attachShadow({ mode: 'open' });
        within.adoptedStyleSheets = [sheet];
        within.replaceChildren(this.list);
        this.list.style.setProperty('--who', `${Math.min(20, Math.max(...logs.map(log => log.service.length)))}ch`);
        this.rows = new Map();
        this.runs = new Map();
        this.following = false;
        this.stay = null;
        this.busy = { Older: false, Newer: false };
        this.lastTop = 0;
        this.came = [];
        this.gone = new AbortController();
        const on = (target, name, act) => target.addEventListener(name, act, { signal: this.gone.signal });
        on(this.scroller, 'scroll', () => this.scrolled());
        on(this.scroller, 'keydown', event => this.pressed(event));
        on(this.list, 'click', event => this.clicked(event));
        on(window, 'ziggie-reload', () => this.leave());
        on(window, 'ziggie-up', () => this.askAgain());
        on(document, 'visibilitychange', () => this.tell('Hidden', document.hidden));
        on(root, 'change', event => {
            const input = event.target.closest('[data-bound]');
            if (!input) return;
            const time = input.value ? new Date(input.value) : null;
            this.tell('Bound', input.dataset.bound, time && !isNaN(time) ? time.toISOString() : null);
        });
        this.sizes = new ResizeObserver(() => { if (this.following) this.toEnd(); });
        this.sizes.observe(this.scroller);
        if (document.hidden) this.tell('Hidden', true);
    }

    dispose() {
        this.gone.abort();
        this.sizes.disconnect();
    }

    async tell(method, ...values) {
        try {
            await this.component.invokeMethodAsync(method, ...values);
        } catch {
            // The connection is gone; what happens then is told elsewhere.
        }
    }

    // --- What the daemon says -------------------------------------------------------------------------------------------------

    reset(lines, target) {
        this.scroller.setAttribute('aria-live', 'off');
        this.came = [];
        this.rows.clear();
        const all = document.createDocumentFragment();
        for (const line of lines) all.append(this.draw(line));
        this.list.replaceChildren(all);
        this.separate();
        if (target === null) this.toEnd();
        else if (target === '') this.scrollTo(0);
        else if (this.stay === null) this.mark(target);
        else this.comeBack(target);
        this.stay = null;
    }

    // Some in each frame, so that the page answers meanwhile however many come.
    async append(lines, skipped, first) {
        for (let from = 0; from === 0 || from < lines.length; from += slice) {
            if (from > 0) await frame();
            if (this.gone.signal.aborted) return;
            this.keep(() => {
                if (from === 0 && skipped > 0 && this.list.lastElementChild) this.list.append(this.gap(skipped));
                const all = document.createDocumentFragment();
                for (const line of lines.slice(from, from + slice)) {
                    const known = this.rows.get(line.key);
                    const row = this.draw(line);
                    if (known) known.replaceWith(row);
                    else all.append(row);
                }
                this.list.append(all);
                if (from + slice < lines.length) return;
                this.cut(first, node => node.previousSibling);
                this.separate();
            });
            if (this.following) this.toEnd();
        }
        this.announce(lines.length);
    }

    prepend(lines, last) {
        this.keep(() => {
            const all = document.createDocumentFragment();
            for (const line of lines) all.append(this.draw(line));
            this.list.prepend(all);
            this.cut(last, node => node.nextSibling);
            this.separate();
        });
    }

    replace(line) {
        const known = this.rows.get(line.key);
        if (!known) return;
        const isCurrent = known.classList.contains('z-current');
        const row = this.draw(line);
        known.replaceWith(row);
        row.classList.toggle('z-current', isCurrent);
    }

    mark(key) {
        this.list.querySelector('.z-current')?.classList.remove('z-current');
        const row = this.rows.get(key);
        if (!row) return;
        row.classList.add('z-current');
        this.following = false;
        // Only the log moves, not the page around it.
        const goal = (row.querySelector('.z-hit') ?? row).getBoundingClientRect();
        const frame = this.scroller.getBoundingClientRect();
        this.scroller.scrollTop += goal.top + (goal.height - frame.height) / 2 - frame.top;
        if (goal.left < frame.left || goal.left > frame.right - 40) this.scroller.scrollLeft += goal.left - frame.left - frame.width / 3;
        this.lastTop = this.scroller.scrollTop;
    }

    edges(atOldest, atNewest, following) {
        Object.assign(this, { atOldest, atNewest, following });
        this.list.classList.toggle('z-from-start', atOldest);
        if (following && !this.isAtEnd()) this.toEnd();
        this.announce(0);
        this.more();
    }

    setRuns(runs) {
        this.runs.clear();
        for (const run of runs) {
            if (!this.runs.has(run.number)) this.runs.set(run.number, []);
            this.runs.get(run.number).push(run);
        }
        this.keep(() => this.separate());
        if (this.following) this.toEnd();
    }

    bounds(since, until) {
        for (const [name, iso] of [['since', since], ['until', until]]) {
            const input = this.root.querySelector(`[data-bound=${name}]`);
            if (input && input !== document.activeElement) input.value = toLocal(iso);
        }
    }

    // --- Drawing ----------------------------------------------------------------------------------------------------------------

    draw(line) {
        const log = this.logs[line.source];
        const row = make('div', log.isError ? 'z-line z-err' : 'z-line');
        row.dataset.key = line.key;
        row.line = { source: line.source, time: line.time };
        const when = button('z-when', line.time === null ? '–' : clock(line.time));
        when.tabIndex = -1;
        when.title = 'Copy a link to this line';
        row.append(when);
        if (this.isMany) row.append(make('span', `z-who z-hue${log.number % 8}`, log.service));
        if (log.isError) row.append(make('span', 'z-stream', 'err'));
        const text = make('span', 'z-text');
        for (const [piece, classes, front, back] of line.parts) {
            if (!classes) {
                text.append(piece);
                continue;
            }
            const part = make(classes.startsWith('z-hit') ? 'mark' : 'span', classes, piece);
            if (front) part.style.setProperty('--front', front);
            if (back) part.style.setProperty('--back', back);
            text.append(part);
        }
        if (line.hidden > 0) {
            const more = button('z-more', `Show all, ${line.hidden.toLocaleString('en')} more characters`);
            more.dataset.more = line.key;
            text.append(' ', more);
        }
        row.append(text);
        this.rows.set(line.key, row);
        return row;
    }

    gap(skipped) {
        const row = make('div', 'z-gap', `${bytes(skipped)} not shown: more came than can be shown. `);
        const before = this.list.lastElementChild.dataset.key;
        if (before) {
            const show = button('z-more', 'Show');
            show.dataset.show = before;
            row.append(show);
        }
        return row;
    }

    // Marks the first line of each run, as far as the one before it is here too.
    separate() {
        if (this.runs.size === 0) return;
        const last = new Map();
        for (const row of this.list.children) {
            const line = row.line;
            if (!line || line.time === null) continue;
            const { number } = this.logs[line.source];
            const runs = this.runs.get(number) ?? [];
            let run = runs.length;
            while (run > 0 && runs[run - 1].time > line.time) run--;
            const isNew = last.has(number) ? run > last.get(number) : run === 1 && this.atOldest;
            row.classList.toggle('z-new-run', isNew);
            if (isNew) row.dataset.run = this.isMany ? `${this.logs[line.source].service}: ${runs[run - 1].text}` : runs[run - 1].text;
            last.set(number, run);
        }
    }

    // Removes what is beyond a row.
    cut(key, next) {
        const row = key === null ? null : this.rows.get(key);
        for (let node = row && next(row); node; node = next(row)) {
            this.rows.delete(node.dataset.key);
            node.remove();
        }
    }

    // What is in view stays where it is while something changes above it.
    keep(change) {
        const anchor = this.following ? null : this.firstInView();
        const before = anchor?.getBoundingClientRect().top;
        change();
        if (!anchor?.isConnected) return;
        const moved = anchor.getBoundingClientRect().top - before;
        if (Math.abs(moved) >= 1) this.scrollTo(this.scroller.scrollTop + moved);
    }

    firstInView() {
        const rows = this.list.children;
        const top = this.scroller.getBoundingClientRect().top;
        let low = 0, high = rows.length;
        while (low < high) {
            const middle = (low + high) >> 1;
            if (rows[middle].getBoundingClientRect().bottom > top) high = middle;
            else low = middle + 1;
        }
        return rows[low];
    }

    // A screen reader hears single lines, and is spared a flood.
    announce(count) {
        const now = Date.now();
        if (count > 0) this.came.push([now, count]);
        this.came = this.came.filter(([time]) => time > now - window5);
        const lines = this.came.reduce((sum, [, n]) => sum + n, 0);
        const live = this.following && lines < quietly ? 'polite' : 'off';
        if (this.scroller.getAttribute('aria-live') !== live) this.scroller.setAttribute('aria-live', live);
    }

    // --- Coming back after the daemon has been away -------------------------------------------------------------------------------

    // Keeps what is at the top of the view, unless the end is followed anyway.
    leave() {
        const row = this.following ? null : this.firstInView();
        if (!row?.dataset.key) return;
        const top = row.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top;
        sessionStorage.setItem(place, JSON.stringify({ address: location.href, line: this.nameOf(row.dataset.key), top }));
    }

    // The name of that line, once.
    kept() {
        const kept = JSON.parse(sessionStorage.getItem(place));
        sessionStorage.removeItem(place);
        if (kept?.address !== location.href) return null;
        this.stay = kept.top;
        return kept.line;
    }

    comeBack(key) {
        this.following = false;
        const row = this.rows.get(key);
        if (row) this.scrollTo(this.scroller.scrollTop + row.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top - this.stay);
    }

    // --- Moving -----------------------------------------------------------------------------------------------------------------

    isAtEnd() {
        return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < 8;
    }

    toEnd() {
        this.scrollTo(this.scroller.scrollHeight);
    }

    scrollTo(top) {
        this.scroller.scrollTop = top;
        this.lastTop = this.scroller.scrollTop;
    }

    scrolled() {
        const { scrollTop } = this.scroller;
        // What the script itself moved is no wish of anybody's.
        const moved = scrollTop - this.lastTop;
        this.lastTop = scrollTop;
        if (this.following && moved < 0 && !this.isAtEnd()) {
            this.following = false;
            this.tell('Scrolled', false);
        } else if (!this.following && moved > 0 && this.atNewest && this.isAtEnd()) {
            this.tell('Scrolled', true);
        }
        this.more();
    }

    // Asks for lines before somebody reaches the edge.
    more() {
        const { scrollTop, scrollHeight, clientHeight } = this.scroller;
        if (scrollTop < edge && !this.atOldest) this.load('Older');
        if (scrollHeight - scrollTop - clientHeight < edge && !this.atNewest) this.load('Newer');
    }

    async load(what) {
        const { busy } = this;
        if (busy[what]) return;
        busy[what] = true;
        await this.tell(what);
        busy[what] = false;
        if (!this.gone.signal.aborted && busy === this.busy) this.more();
    }

    // What was told while the connection was lost was not heard, and what was asked for is not answered.
    askAgain() {
        this.busy = { Older: false, Newer: false };
        this.tell('Hidden', document.hidden);
        if (!this.following) this.tell('Scrolled', false);
        this.more();
    }

    pressed(event) {
        if (event.ctrlKey || event.metaKey || event.altKey || event.composedPath()[0] !== this.scroller) return;
        const acts = {
            Home: () => this.tell('Oldest'),
            End: () => this.tell('Newest'),
            n: () => this.tell('Hit', false),
            N: () => this.tell('Hit', true),
            l: () => this.link((this.list.querySelector('.z-current') ?? this.firstInView())?.dataset.key),
        };
        const act = acts[event.key];
        if (!act) return;
        event.preventDefault();
        act();
    }

    clicked(event) {
        const more = event.target.closest('[data-more]'), show = event.target.closest('[data-show]');
        if (more) this.tell('ShowWhole', more.dataset.more);
        else if (show) this.tell('Show', show.dataset.show);
        else if (event.target.closest('.z-when')) this.link(event.target.closest('.z-line').dataset.key);
    }

    nameOf(key) {
        const [source, position] = key.split(':');
        return this.logs[source].prefix + position;
    }

    async link(key) {
        if (!key) return;
        const name = this.nameOf(key);
        const address = new URL(location.href);
        address.searchParams.set('line', name);
        // The last fifteen minutes are others when the link is followed.
        if (Number.isNaN(Date.parse(address.searchParams.get('since') ?? ''))) address.searchParams.delete('since');
        this.list.querySelector('.z-current')?.classList.remove('z-current');
        this.rows.get(key)?.classList.add('z-current');
        let isCopied = false;
        try {
            await navigator.clipboard.writeText(address.href);
            isCopied = true;
        } catch {
            // Not over plain HTTP from another machine: then it is in the address.
        }
        this.tell('Linked', name, isCopied);
    }
}

export const create = (root, component, logs) => new Pane(root, component, logs);
