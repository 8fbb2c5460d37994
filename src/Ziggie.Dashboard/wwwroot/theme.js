// Before anything is drawn: the theme that was chosen, or the system's.
(() => {
    const names = ['system', 'light', 'dark'];
    const system = matchMedia('(prefers-color-scheme: dark)');
    const chosen = () => {
        try {
            const name = localStorage.getItem('ziggie-theme');
            return names.includes(name) ? name : 'system';
        } catch {
            return 'system';
        }
    };
    const apply = () => {
        const name = chosen();
        const theme = name === 'system' ? (system.matches ? 'dark' : 'light') : name;
        document.documentElement.dataset.theme = theme;
        document.documentElement.style.colorScheme = theme;
        for (const button of document.querySelectorAll('[data-theme-switch]')) {
            const text = name === 'system' ? 'Theme: follows the system' : `Theme: ${name}`;
            button.setAttribute('aria-label', text);
            button.title = text;
        }
    };
    apply();
    system.addEventListener('change', apply);
    addEventListener('storage', apply);
    document.addEventListener('DOMContentLoaded', apply);
    document.addEventListener('click', event => {
        if (!event.target.closest?.('[data-theme-switch]')) return;
        try {
            localStorage.setItem('ziggie-theme', names[(names.indexOf(chosen()) + 1) % names.length]);
        } catch {
            // Without storage the system's theme stays.
        }
        apply();
    });
})();
