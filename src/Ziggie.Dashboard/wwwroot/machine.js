// For the pages about the machine, its history, its graph and its definitions.

export const zone = () => ({
    name: Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC',
    minutesBehind: new Date().getTimezoneOffset(),
});

// The graph: lights up the way to and from a service, and is made larger, smaller and moved about.
export const graph = element => {
    const [view, space, canvas] = ['view', 'space', 'canvas'].map(name => element.querySelector(`[data-${name}]`));
    const stop = new AbortController();
    const on = (target, name, does, options) => target.addEventListener(name, does, { signal: stop.signal, ...options });
    let scale = 1;

    const resize = (next, x = 0, y = 0) => {
        const before = scale;
        scale = Math.min(2, Math.max(0.2, next));
        canvas.style.transform = `scale(${scale})`;
        space.style.width = `${canvas.offsetWidth * scale}px`;
        space.style.height = `${canvas.offsetHeight * scale}px`;
        view.scrollLeft = (view.scrollLeft + x) * scale / before - x;
        view.scrollTop = (view.scrollTop + y) * scale / before - y;
    };
    const fit = () => resize(Math.min(1, (view.clientWidth - 34) / canvas.offsetWidth));

    on(element, 'click', event => {
        const zoom = event.target.closest('[data-zoom]')?.dataset.zoom;
        if (zoom === 'in') resize(scale * 1.25);
        else if (zoom === 'out') resize(scale / 1.25);
        else if (zoom === 'fit') fit();
    });
    on(view, 'wheel', event => {
        if (!event.ctrlKey) return;
        event.preventDefault();
        const box = view.getBoundingClientRect();
        resize(scale * (event.deltaY < 0 ? 1.1 : 1 / 1.1), event.clientX - box.left, event.clientY - box.top);
    }, { passive: false });

    let grip = null;
    on(view, 'pointerdown', event => {
        if (event.pointerType !== 'mouse' || event.button !== 0 || event.target.closest('a, button')) return;
        grip = { x: event.clientX + view.scrollLeft, y: event.clientY + view.scrollTop };
        view.setPointerCapture(event.pointerId);
        view.dataset.moving = '';
    });
    on(view, 'pointermove', event => {
        if (!grip) return;
        view.scrollLeft = grip.x - event.clientX;
        view.scrollTop = grip.y - event.clientY;
    });
    for (const name of ['pointerup', 'pointercancel']) on(view, name, () => {
        grip = null;
        delete view.dataset.moving;
    });

    const clear = () => {
        delete element.dataset.lit;
        for (const lit of element.querySelectorAll('[data-lit]')) delete lit.dataset.lit;
    };
    const light = name => {
        clear();
        const links = [...element.querySelectorAll('.z-link')];
        const lit = new Set([name]);
        for (const [from, to] of [['on', 'by'], ['by', 'on']]) {
            const open = [name], seen = new Set(open);
            while (open.length) {
                const at = open.pop();
                for (const link of links) {
                    if (link.dataset[from] !== at) continue;
                    link.dataset.lit = '';
                    const next = link.dataset[to];
                    if (!seen.has(next)) {
                        seen.add(next);
                        open.push(next);
                        lit.add(next);
                    }
                }
            }
        }
        for (const node of element.querySelectorAll('.z-node')) if (lit.has(node.dataset.name)) node.dataset.lit = '';
        element.dataset.lit = '';
    };
    const of = event => event.target.closest?.('.z-node')?.dataset.name;
    on(element, 'pointerover', event => of(event) ? light(of(event)) : clear());
    on(element, 'pointerleave', clear);
    on(element, 'focusin', event => of(event) && light(of(event)));
    on(element, 'focusout', clear);

    // What is drawn anew has another size.
    const observer = new ResizeObserver(() => resize(scale));
    observer.observe(canvas);
    if (canvas.offsetWidth > view.clientWidth) resize(Math.max(0.75, (view.clientWidth - 34) / canvas.offsetWidth));
    return {
        stop: () => {
            stop.abort();
            observer.disconnect();
        },
    };
};

const keptText = 'ziggie.definitions';

// A text with its lines numbered. It stays here until the page asks for it, and for as long as the tab lives: the page is loaded anew when
// the daemon has restarted. Whoever signs out takes it away.
export const editor = element => {
    const [text, lines, position, file] = ['text', 'lines', 'position', 'file'].map(name => element.querySelector(`[data-${name}]`));
    let marked = new Set();
    let keeping;

    const keep = () => {
        clearTimeout(keeping);
        keeping = setTimeout(() => {
            try {
                if (text.value) sessionStorage.setItem(keptText, text.value);
                else sessionStorage.removeItem(keptText);
            } catch {
                // Longer than the browser keeps.
            }
        }, 400);
    };
    const number = () => {
        const count = text.value.split('\n').length;
        lines.replaceChildren(...Array.from({ length: count }, (_, i) => {
            const line = document.createElement('span');
            line.textContent = `${i + 1}\n`;
            if (marked.has(i + 1)) line.className = 'z-marked';
            return line;
        }));
        lines.scrollTop = text.scrollTop;
    };
    const say = () => {
        const before = text.value.slice(0, text.selectionStart).split('\n');
        position.textContent = `Line ${before.length}, column ${before.at(-1).length + 1}`;
    };
    const set = value => {
        text.value = value;
        marked = new Set();
        number();
        keep();
    };

    text.addEventListener('input', number);
    text.addEventListener('input', keep);
    text.addEventListener('scroll', () => lines.scrollTop = text.scrollTop);
    for (const name of ['keyup', 'click', 'input']) text.addEventListener(name, say);
    file.addEventListener('change', async () => {
        if (file.files[0]) set(await file.files[0].text());
        file.value = '';
    });
    text.addEventListener('dragover', event => event.preventDefault());
    text.addEventListener('drop', async event => {
        if (!event.dataTransfer.files[0]) return;
        event.preventDefault();
        set(await event.dataTransfer.files[0].text());
    });
    // What was typed before this came is new, whatever was kept.
    if (text.value) keep();
    else text.value = sessionStorage.getItem(keptText) ?? '';
    number();
    return {
        read: () => new Blob([text.value]),
        mark: places => {
            marked = new Set(places);
            number();
        },
        go: (line, column) => {
            const all = text.value.split('\n');
            const at = all.slice(0, line - 1).reduce((sum, l) => sum + l.length + 1, 0) + Math.max(0, column - 1);
            text.focus();
            text.setSelectionRange(at, at);
            text.scrollTop = (line - 6) * parseFloat(getComputedStyle(text).lineHeight);
            say();
        },
    };
};
