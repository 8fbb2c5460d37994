// What the page of one service needs of the browser: reading values off a chart, and places in a text.

// --- Charts ---------------------------------------------------------------------------------------------------------------------
// Points are [x, y, ms, words], x and y in thousandths of the plot. What is drawn here lies beside what the daemon draws.
const cursorOf = chart => {
    const plot = chart.querySelector('.sv-plot');
    let cursor = plot.querySelector('.sv-cursor');
    if (!cursor) {
        cursor = document.createElement('div');
        cursor.className = 'sv-cursor';
        cursor.innerHTML = '<i></i><output aria-live="polite"></output>';
        plot.append(cursor);
    }
    return cursor;
};

const read = (chart, index) => {
    const points = JSON.parse(chart.dataset.points);
    if (points.length === 0) return;
    chart.reading = Math.max(0, Math.min(points.length - 1, index));
    const [x, y, ms, words] = points[chart.reading];
    const cursor = cursorOf(chart);
    cursor.hidden = false;
    cursor.style.left = `${x / 10}%`;
    cursor.classList.toggle('sv-flip', x > 700);
    cursor.querySelector('i').style.top = `${y / 10}%`;
    cursor.querySelector('output').textContent = `${words} · ${ziggie.local(ms)}`;
};

const leave = chart => {
    chart.reading = undefined;
    const cursor = chart.querySelector('.sv-cursor');
    if (cursor) cursor.hidden = true;
};

document.addEventListener('pointermove', event => {
    const plot = event.target.closest?.('.sv-plot');
    for (const chart of document.querySelectorAll('.sv-chart')) {
        if (!plot || !chart.contains(plot)) {
            if (chart !== document.activeElement) leave(chart);
            continue;
        }
        const box = plot.getBoundingClientRect();
        const x = (event.clientX - box.left) / box.width * 1000;
        const points = JSON.parse(chart.dataset.points);
        let nearest = 0;
        for (let i = 1; i < points.length; i++) if (Math.abs(points[i][0] - x) < Math.abs(points[nearest][0] - x)) nearest = i;
        read(chart, nearest);
    }
}, { passive: true });

document.addEventListener('keydown', event => {
    const chart = event.target.closest?.('.sv-chart');
    if (!chart) return;
    const last = JSON.parse(chart.dataset.points).length - 1;
    const at = chart.reading ?? last;
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, PageUp: at - 10, PageDown: at + 10, Home: 0, End: last }[event.key];
    if (event.key === 'Escape') leave(chart);
    if (next === undefined) return;
    event.preventDefault();
    read(chart, next);
});

document.addEventListener('focusout', event => {
    const chart = event.target.closest?.('.sv-chart');
    if (chart) leave(chart);
});

// --- Menus and texts --------------------------------------------------------------------------------------------------------------
document.addEventListener('click', event => {
    if (event.target.closest?.('[data-closes] button')) event.target.closest('details').open = false;
});

// Puts the caret to a place in a text, both counted from 1.
export const goTo = (id, line, column) => {
    const text = document.getElementById(id);
    const lines = text.value.split('\n');
    const start = lines.slice(0, line - 1).reduce((sum, l) => sum + l.length + 1, 0);
    const place = Math.min(text.value.length, start + column - 1);
    text.focus();
    text.setSelectionRange(place, Math.max(place, start + (lines[line - 1] ?? '').length));
    text.scrollTop = Math.max(0, (line - 4) * parseFloat(getComputedStyle(text).lineHeight));
};
