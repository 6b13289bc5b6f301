// Light or dark, kept in cookies so that the next answer of the server has the right colours from its first byte.
(() => {
    const year = 31536000;
    const system = matchMedia('(prefers-color-scheme: dark)');
    const secure = location.protocol === 'https:' ? '; secure' : '';
    const keep = (name, value) => { document.cookie = `${name}=${value}; path=/; max-age=${year}; samesite=lax${secure}`; };
    const chosen = () => /(?:^|; )xtnd-look=(\w+)/.exec(document.cookie)?.[1] ?? 'system';
    const isDark = () => chosen() === 'dark' || (chosen() === 'system' && system.matches);
    const show = () => { document.documentElement.dataset.look = isDark() ? 'dark' : 'light'; };
    const note = () => { keep('xtnd-system-look', system.matches ? 'dark' : 'light'); show(); };
    system.addEventListener('change', note);
    note();
    const press = () => {
        for (const button of document.querySelectorAll('[data-choose-look]')) {
            button.setAttribute('aria-pressed', button.dataset.chooseLook === chosen());
        }
    };
    // What the shell's buttons do needs no server.
    document.addEventListener('click', click => {
        const { chooseLook, chooseLanguage } = click.target.closest?.('button')?.dataset ?? {};
        if (chooseLook) {
            keep('xtnd-look', chooseLook);
            show();
            press();
        } else if (chooseLanguage) {
            location.assign(`/language/${chooseLanguage}?return=${encodeURIComponent(location.pathname + location.search + location.hash)}`);
        } else if (click.target.closest?.('.xtnd-drawer:popover-open a')) {
            document.getElementById('menu').hidePopover();
        }
    });
    // "/" goes to the order box, unless somebody types.
    document.addEventListener('keydown', e => {
        const box = document.getElementById('order-box');
        if (e.key === '/' && box && !e.ctrlKey && !e.metaKey && !e.altKey && !e.target.closest?.('input, textarea, select, [contenteditable], [role=dialog]')) {
            e.preventDefault();
            box.focus();
        }
    });
    // Before the router sees it: the address stays, the focus goes.
    document.addEventListener('click', click => {
        if (click.target.closest?.('.xtnd-skip')) {
            click.preventDefault();
            click.stopImmediatePropagation();
            document.getElementById('content')?.focus();
        }
    }, true);
    window.xtnd = {
        copy: id => navigator.clipboard?.writeText(document.getElementById(id).textContent).then(() => true, () => false) ?? false,
        isSeen: () => document.visibilityState === 'visible',
        // The circuit has drawn: from now on the page answers to clicks. Tests and measurements look for it.
        ready: () => { press(); document.body.dataset.interactive = ''; performance.mark('interactive'); },
        // A page whose title came late: whoever listens begins there, unless he is at work in the page already.
        arrive: () => {
            const here = document.activeElement;
            const title = document.querySelector('#content h1');
            if (title && (!here || here === document.body || ('interactive' in document.body.dataset && !here.closest('#content')))) {
                title.tabIndex = -1;
                title.focus({ preventScroll: true });
            }
        },
        reveal: id => document.getElementById(id)?.scrollIntoView({ block: 'nearest' }),
    };
})();

// Work in an open page asks the server for no other, and its session is told that it is used; that it is open is no use.
(() => {
    const minute = 60000;
    let told = performance.now();
    const tell = () => {
        if (performance.now() - told > minute) {
            told = performance.now();
            fetch('/in-use', { method: 'POST' }).catch(() => {});
        }
    };
    for (const work of ['pointerdown', 'keydown', 'wheel']) {
        addEventListener(work, tell, { capture: true, passive: true });
    }
})();

// A server that started anew knows no page of before. What a page shows is in the database, so it is loaded again rather than left dead.
document.addEventListener('components-reconnect-state-changed', event => {
    const { state } = event.detail;
    if (state === 'rejected' || state === 'resume-failed') {
        location.reload();
    } else if (state === 'failed') {
        const timer = setInterval(async () => {
            try {
                // With a session: while its database is away a server has no page to load.
                if (!(await fetch('/favicon.svg', { method: 'HEAD', cache: 'no-store' })).ok) {
                    return;
                }
            } catch {
                return;
            }
            clearInterval(timer);
            location.reload();
        }, 5000);
    }
}, true);
