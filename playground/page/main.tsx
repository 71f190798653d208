document.title = 'Onboard playground';
