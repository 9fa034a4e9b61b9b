"""The book's one Sphinx extension: formulas prerendered, assets from this site only, small repairs to the theme.

Nothing that it adds asks another host for anything, over http or from file://.
"""
from fourteen_steps import (
    about,
    alone,
    assets,
    bank_page,
    bundle,
    csp,
    decks,
    embed,
    exercises,
    formulas,
    glossary,
    icons,
    light,
    live,
    offline,
    once,
    prerender,
    question_files,
    reading,
    recall,
    site_only,
    stage_links,
    step_map,
    take_along,
    theme,
)


def setup(app):
    """Called by Sphinx."""
    app.add_html_math_renderer("katex", inline_renderers=(formulas.visit_math, None), block_renderers=(formulas.visit_math_block, None))
    app.add_node(exercises.ExerciseListNode)
    app.add_directive("exercise-list", exercises.ExerciseList)
    app.add_directive("how-to-cite", about.HowToCite)
    app.add_directive("text-of", about.TextOf)
    app.add_directive("take-along", take_along.TakeAlong)
    app.connect("env-get-outdated", once.outdated)
    app.connect("source-read", site_only.make)
    app.connect("source-read", glossary.make)
    app.connect("html-page-context", about.add_foot)
    app.add_transform(exercises.FoldSolutionCells)
    app.add_transform(stage_links.KeepStageLinks)
    app.connect("doctree-resolved", exercises.list_exercises)
    app.connect("doctree-resolved", glossary.link_terms)
    app.connect("doctree-resolved", stage_links.link_stage)
    app.connect("config-inited", assets.add_assets)
    app.connect("builder-inited", assets.add_stylesheets)
    app.connect("builder-inited", assets.copy_vendored)
    app.connect("builder-inited", icons.write_icons)
    app.connect("builder-inited", bundle.write_scripts)
    app.connect("builder-inited", live.prepare)
    app.connect("doctree-resolved", live.mark_cells)
    app.add_node(recall.Woven, html=(recall.visit_woven, None))
    app.add_directive("review-list", recall.ReviewList)
    app.connect("doctree-resolved", recall.weave, priority=900)  # no other transform looks into it
    app.connect("doctree-resolved", recall.list_prompts, priority=900)
    app.connect("builder-inited", recall.write_script)
    app.connect("html-page-context", recall.add_resume)
    app.connect("builder-inited", bank_page.write_script)
    app.connect("html-page-context", bank_page.add_place)
    app.connect("builder-inited", decks.write_script)
    app.connect("html-page-context", prerender.draw)
    app.connect("html-page-context", bundle.add_scripts)
    app.connect("html-page-context", live.add_button)
    app.connect("html-page-context", step_map.add_step_map)
    app.connect("html-page-context", reading.add_reading)  # above the map
    app.connect("html-page-context", theme.mend_citations)
    app.connect("html-page-context", theme.mend_tables)
    app.connect("html-page-context", theme.lighten_page, priority=900)
    app.connect("html-page-context", light.gather, priority=950)
    app.connect("build-finished", alone.write_wheel)
    app.connect("build-finished", alone.name_the_site)
    app.connect("build-finished", embed.write_embeds)
    app.connect("build-finished", question_files.write_question_files)
    app.connect("build-finished", take_along.carry_files)
    app.connect("build-finished", light.write_site, priority=800)  # when the theme has written the last of its files, too
    app.connect("build-finished", csp.write_policies, priority=900)
    app.connect("build-finished", offline.write, priority=1000)  # when no file changes any more
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
